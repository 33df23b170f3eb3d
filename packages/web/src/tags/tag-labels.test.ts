import { type Tags, tagWords } from '@senio/protocol'
import { expect, it } from 'vitest'
import { tagLabels } from './tag-labels.ts'

it.each<[Tags, readonly string[]]>([
  [null, []],
  [
    ['night', 'night', 'fan'],
    ['night', 'fan'],
  ],
  [{ run: 7, dry: true, '': 'x' }, ['run:7', 'dry:true', ':x']],
])('the tags of %j are found by what is shown of them', (tags, labels) => {
  expect(tagLabels(tags)).toEqual(labels)
  expect(tagWords(tags)).toEqual(expect.arrayContaining([...labels]))
})
