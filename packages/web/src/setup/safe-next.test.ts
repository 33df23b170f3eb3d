import { describe, expect, it } from 'vitest'
import { safeNext } from './safe-next.ts'

describe('where to go after the sign-in', () => {
  it('is the page that was asked for', () => {
    expect(safeNext('/sensors/rpi?range=day')).toBe('/sensors/rpi?range=day')
  })

  it('is the start page when nothing was asked for', () => {
    expect(safeNext(undefined)).toBe('/')
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])(
    'is never another site: %s',
    (next) => {
      expect(safeNext(next)).toBe('/')
    },
  )
})
