import { expect, test } from 'vitest'
import { heightOf, resized, widthOf } from './panel-size.ts'

test('arrows make a panel narrower or wider, lower or higher, within limits', () => {
  const panel = { columns: 6, rows: 4 }
  expect(resized(panel, 'ArrowLeft')).toEqual({ columns: 4, rows: 4 })
  expect(resized(panel, 'ArrowRight')).toEqual({ columns: 8, rows: 4 })
  expect(resized(panel, 'ArrowUp')).toEqual({ columns: 6, rows: 2 })
  expect(resized(panel, 'ArrowDown')).toEqual({ columns: 6, rows: 8 })
  expect(resized({ columns: 12, rows: 8 }, 'ArrowRight')).toEqual({ columns: 12, rows: 8 })
  expect(resized({ columns: 5, rows: 4 }, 'ArrowRight')).toEqual({ columns: 6, rows: 4 })
  expect(resized(panel, 'a')).toBeNull()
})

test('a size that somebody set otherwise is the closest one', () => {
  expect([heightOf(3), heightOf(20), widthOf(11), widthOf(1)]).toEqual(['small', 'large', 'full', 'third'])
})
