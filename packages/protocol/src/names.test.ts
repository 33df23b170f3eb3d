import { describe, expect, it } from 'vitest'
import { MAX_NAME_LENGTH, normaliseName, parseFieldName, parseSensorName, parseUnit } from './names.ts'

describe('names', () => {
  it.each(['rpi', 'Raspberry Pi 4', 'PM2.5', 'CO₂', 'Größe (außen)', '温度', '_x', '3d-printer'])(
    'lets a sensor be called %j',
    (name) => {
      expect(parseSensorName(name)).toBe(name)
    },
  )

  it('takes composed and decomposed spellings for one name', () => {
    expect(parseSensorName('Größe'.normalize('NFD'))).toBe('Größe')
    expect(normaliseName('é'.normalize('NFD'))).toBe('é')
  })

  it.each([
    '',
    ' ',
    ' x',
    'x ',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a:b',
    'a,b',
    '<img onerror=x>',
    '=1+1',
    'a\nb',
    'a\0',
    '\ud800',
  ])('refuses %j', (name) => {
    expect(() => parseSensorName(name)).toThrow(/letters, digits/)
  })

  it('refuses names that are too long', () => {
    expect(parseSensorName('x'.repeat(MAX_NAME_LENGTH))).toHaveLength(MAX_NAME_LENGTH)
    expect(() => parseSensorName('x'.repeat(MAX_NAME_LENGTH + 1))).toThrow()
  })

  it.each(['json', '__proto__', 'constructor', 'timestamp', 'tags', '1st'])(
    'refuses %j for a field',
    (name) => {
      expect(() => parseFieldName(name)).toThrow()
    },
  )

  it('lets a unit be any short text', () => {
    expect(parseUnit(' µg/m³ ')).toBe('µg/m³')
    expect(parseUnit('')).toBe('')
    expect(() => parseUnit('x'.repeat(33))).toThrow()
    expect(() => parseUnit('a\nb')).toThrow()
  })
})
