import { expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from './local-date-time.ts'

test('an instant survives the input to the second', () => {
  const t = new Date(2026, 2, 9, 4, 5, 6).getTime()
  expect(toLocalInput(t)).toBe('2026-03-09T04:05:06')
  expect(fromLocalInput(toLocalInput(t))).toBe(t)
})

test('an empty or incomplete input is no instant', () => {
  expect(fromLocalInput('')).toBeNull()
  expect(fromLocalInput('2026-13-')).toBeNull()
})
