import { describe, expect, it } from 'vitest'
import { findEnglish } from './find-english.ts'

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** The catalogs themselves, and code that devices run. */
const MAY_HOLD_WORDS = /\/texts\.ts$|\.de\.ts$|^\.\/|\/connect\/snippets\//

describe('the sources of the web app', () => {
  it('hold no words that a person reads, outside the catalogs: put them into texts.ts', () => {
    const found = Object.entries(sources)
      .filter(([path]) => !MAY_HOLD_WORDS.test(path))
      .flatMap(([path, source]) =>
        findEnglish(path, source).map(({ line, text }) => `${path.slice(3)}:${line}: ${text}`),
      )
    expect(found).toEqual([])
  })
})

describe('findEnglish', () => {
  it.each([
    ['text between tags', '<p>never mind</p>', 'never mind'],
    ['a label', '<button aria-label="close" />', 'close'],
    ['a label in braces', "<button title={isOpen ? 'Close' : 'Open'} />", 'Close'],
    ['a sentence with a value in it', 'const a = `${name} is gone for good`', '{} is gone for good'],
    ['a label in a list', "const tabs = [{ label: 'Side by side' }]", 'Side by side'],
  ])('finds %s', (_, source, text) => {
    expect(findEnglish('a.tsx', source).map((found) => found.text)).toContain(text)
  })

  it.each([
    ['classes', '<p className="Flex not read" />'],
    ['catalogs in use', "<p title={text('close')}>{text('open')}</p>"],
    ['the names of keys', "const isLeft = key === 'ArrowLeft' || KEYS['Enter']"],
    ['what only developers read', "throw new TypeError('Said to developers.')"],
    ['imports', "import x from 'Some Module.ts'"],
  ])('leaves %s alone', (_, source) => {
    expect(findEnglish('a.tsx', source)).toEqual([])
  })
})
