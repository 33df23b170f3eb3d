import { expect, test } from 'vitest'
import { columnBrightness, showsLight } from './daylight.ts'

test('light is what is not much darker than the brightest pictures', () => {
  expect(showsLight([98, 90, 40, 22, 1, 97, 96, 95])).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    true,
    true,
  ])
  expect(showsLight([250, 240, 230, 70, 40])).toEqual([true, true, true, true, false])
})

test('a night shows none', () => {
  expect(showsLight([1, 2, 3, 2])).toEqual([false, false, false, false])
  expect(showsLight([])).toEqual([])
})

test('a picture of which nothing is known is shown', () => {
  expect(showsLight([null, 100, 2])).toEqual([true, true, false])
})

test('a column is as bright as its pixels are on average, unless it is transparent', () => {
  const white = [255, 255, 255, 255]
  const black = [0, 0, 0, 255]
  const none = [0, 0, 0, 0]
  const data = new Uint8ClampedArray([white, black, none, black, black, none].flat())
  expect(columnBrightness(data, 3)).toEqual([expect.closeTo(127.5), 0, null])
})
