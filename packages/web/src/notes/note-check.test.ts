import { describe, expect, it } from 'vitest'
import { toLocalInput } from '../timeline/local-date-time.ts'
import { readForm } from './note-check.ts'
import type { NoteDraft } from './shown-note.ts'

const from = Date.UTC(2026, 10, 23, 12) + 123.25
const draft: NoteDraft = { id: 7, sensor: 'rpi', text: 'old', from, to: null }
const form = { sensor: 'rpi', text: ' watered ', from: toLocalInput(from), to: '', isRange: false }

describe('a note that was written', () => {
  it('keeps the fractions of a time that nobody changed', () => {
    expect(readForm(form, draft)).toEqual({ ...draft, text: 'watered' })
  })

  it('may be moved, and made a range', () => {
    const to = from + 3_600_000
    const moved = { ...form, from: toLocalInput(from - 60_000), to: toLocalInput(to), isRange: true }
    expect(readForm(moved, draft)).toEqual({
      id: 7,
      sensor: 'rpi',
      text: 'watered',
      from: Math.floor((from - 60_000) / 1000) * 1000,
      to: Math.floor(to / 1000) * 1000,
    })
  })

  it.each([
    [{ text: '  ' }, 'textMissing'],
    [{ from: '' }, 'timeMissing'],
    [{ isRange: true }, 'timeMissing'],
    [{ isRange: true, to: toLocalInput(from - 5000) }, 'reversed'],
  ])('is refused with %j', (change, fault) => {
    expect(readForm({ ...form, ...change }, draft)).toBe(fault)
  })
})
