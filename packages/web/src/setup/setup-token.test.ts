import { describe, expect, it } from 'vitest'
import { setupTokenIn } from './setup-token.ts'

describe('the token of a set-up link', () => {
  it.each([
    ['http://localhost:8080/setup#token=aB3_-x', 'aB3_-x'],
    ['  http://raspberrypi.local:8080/setup#token=abc\n', 'abc'],
    ['#token=abc', 'abc'],
    ['aB3_-x', 'aB3_-x'],
  ])('is found in %j', (text, token) => {
    expect(setupTokenIn(text)).toBe(token)
  })

  it.each(['', 'http://localhost:8080/setup', '#', '#other=1'])(
    'is empty where there is none: %j',
    (text) => {
      expect(setupTokenIn(text)).toBe('')
    },
  )
})
