import { describe, expect, it } from 'vitest'
import { fillIn } from './fill-in.ts'

const pictures = { one: '{count} picture of {name}', other: '{count} pictures of {name}' }

describe('fillIn', () => {
  it('puts parameters in', () => {
    expect(fillIn('Delete {name}?', { name: 'barn' }, 'en', 'en')).toBe('Delete barn?')
  })

  it('chooses the plural form by the count', () => {
    expect(fillIn(pictures, { count: 1, name: 'barn' }, 'en', 'en')).toBe('1 picture of barn')
    expect(fillIn(pictures, { count: 0, name: 'barn' }, 'en', 'en')).toBe('0 pictures of barn')
  })

  it('writes numbers as the reader does', () => {
    expect(fillIn('{count} Bilder', { count: 12_345 }, 'de', 'de')).toBe('12.345 Bilder')
    expect(fillIn('{count} pictures', { count: 12_345 }, 'en', 'en-GB')).toBe('12,345 pictures')
  })

  it('takes braces in a parameter as they are', () => {
    expect(fillIn('{a} {b}', { a: '{b}', b: 'x' }, 'en', 'en')).toBe('{b} x')
  })
})
