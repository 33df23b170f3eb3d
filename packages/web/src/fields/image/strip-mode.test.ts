import { expect, it } from 'vitest'
import { parseKeograms, withKeogram } from './strip-mode.ts'

it('a list of cameras is read, whatever it holds', () => {
  expect(parseKeograms('rpi/cam1,,rpi/cam2,rpi/cam1')).toEqual(['rpi/cam1', 'rpi/cam2'])
  expect(parseKeograms('')).toEqual([])
})

it('a camera joins and leaves the list', () => {
  expect(withKeogram(['a/b'], 'c/d', true)).toEqual(['a/b', 'c/d'])
  expect(withKeogram(['a/b', 'c/d'], 'a/b', false)).toEqual(['c/d'])
  expect(withKeogram(['a/b'], 'a/b', true)).toEqual(['a/b'])
})
