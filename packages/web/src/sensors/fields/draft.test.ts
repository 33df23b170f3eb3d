import { describe, expect, it } from 'vitest'
import { draftErrors, type FieldDraft, newField } from './draft.ts'

function draft(id: string, name: string, change: Partial<FieldDraft> = {}): FieldDraft {
  return { id, name, type: 'scalar', unit: 'celsius', ...change }
}

describe('the errors of drafts', () => {
  it('are none for good names', () => {
    expect(draftErrors([draft('a', 'temp'), draft('b', 'humidity')]).size).toBe(0)
  })

  it('name the second of two fields with the same name, however it is spelled', () => {
    const errors = draftErrors([draft('a', 'Höhe'), draft('b', 'Ho\u0308he ')])
    expect([...errors.keys()]).toEqual(['b'])
    expect(errors.get('b')?.name).toContain('already')
  })

  it('name a field that the sensor has already', () => {
    expect(draftErrors([draft('a', 'temp')], ['temp']).get('a')?.name).toContain('already')
  })

  it.each(['', '  ', '1st', 'timestamp', 'a/b'])('say that %j is no name for a field', (name) => {
    expect(draftErrors([draft('a', name)]).get('a')?.name).toEqual(expect.any(String))
  })

  it('say that a unit is too long', () => {
    expect(draftErrors([draft('a', 'temp', { unit: 'x'.repeat(33) })]).get('a')?.unit).toContain('32')
  })
})

describe('a draft as it is sent', () => {
  it('loses spaces at its ends', () => {
    expect(newField(draft('a', ' temp ', { unit: ' hPa ' }))).toEqual({
      name: 'temp',
      type: 'scalar',
      unit: 'hPa',
    })
  })

  it('has no unit where its type has none', () => {
    expect(newField(draft('a', 'cam', { type: 'image' })).unit).toBe('')
  })
})
