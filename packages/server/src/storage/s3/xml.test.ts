import { expect, test } from 'vitest'
import { firstTag, tags, xmlText } from './xml.ts'

const LIST = `<?xml version="1.0"?><ListBucketResult xmlns="x"><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>
<Contents><Key>a&amp;b</Key><Size>3</Size></Contents><Contents><Key>c</Key><Size>4</Size></Contents></ListBucketResult>`

test('finds the elements of a name, and not those whose name begins like it', () => {
  const found = [...tags(LIST, 'Contents')].map((entry) => [firstTag(entry, 'Key'), firstTag(entry, 'Size')])
  expect(found).toStrictEqual([
    ['a&amp;b', '3'],
    ['c', '4'],
  ])
  expect(firstTag(LIST, 'Key')).toBe('a&amp;b')
  expect(firstTag(LIST, 'Missing')).toBeNull()
})

test('finds attributes no hindrance, and an element that never ends no element', () => {
  expect(firstTag('<Error xmlns="x"><Code>SlowDown</Code></Error>', 'Code')).toBe('SlowDown')
  expect(firstTag(LIST, 'ListBucketResult')).toContain('<KeyCount>')
  expect(firstTag('<Code>SlowDown', 'Code')).toBeNull()
  expect(firstTag('<Code', 'Code')).toBeNull()
})

test('reads escapes', () => {
  expect(xmlText('a&amp;b&#47;&#x2f;&quot;&lt;&unknown;')).toBe('a&b//"<&unknown;')
})

test('leaves what is no character as it is', () => {
  expect(xmlText('&#x110000;&#9999999;&constructor;&#x1F33B;')).toBe('&#x110000;&#9999999;&constructor;🌻')
})

test('is quick with elements that never end', () => {
  expect(firstTag(`${'<CodeX>'.repeat(200_000)}</Code>`, 'Code')).toBeNull()
})
