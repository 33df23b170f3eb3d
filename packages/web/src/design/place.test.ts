import { expect, test } from 'vitest'
import { placePopup } from './place.ts'

const view = { width: 400, height: 600 }
const popup = { width: 200, height: 100 }

function button(left: number, top: number) {
  return { left, top, width: 40, height: 40 }
}

test('lies below, at the edge that it keeps to', () => {
  expect(placePopup(button(100, 100), popup, view, 'start')).toEqual({ left: 100, top: 146 })
  expect(placePopup(button(300, 100), popup, view, 'end')).toEqual({ left: 140, top: 146 })
  expect(placePopup(button(180, 100), popup, view, 'center')).toEqual({ left: 100, top: 146 })
})

test('lies above where there is no room below', () => {
  expect(placePopup(button(100, 550), popup, view, 'start').top).toBe(444)
})

test('stays within the window', () => {
  expect(placePopup(button(380, 100), popup, view, 'start').left).toBe(192)
  expect(placePopup(button(0, 100), popup, view, 'end').left).toBe(8)
  expect(placePopup(button(0, 300), { width: 900, height: 900 }, view, 'start')).toEqual({ left: 8, top: 8 })
})
