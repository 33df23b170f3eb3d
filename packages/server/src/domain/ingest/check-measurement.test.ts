import { DAY, SenioError, timestampMs } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import type { Field, FieldId } from '../../storage/sensor-store.ts'
import { checkMeasurement } from './check-measurement.ts'

const now = timestampMs(1_700_000_000_000)

const fields: readonly Field[] = [
  { id: 1 as FieldId, name: 'temp', type: 'scalar', unit: 'celsius' },
  { id: 2 as FieldId, name: 'door', type: 'boolean', unit: '' },
  { id: 3 as FieldId, name: 'place', type: 'location', unit: '' },
  { id: 4 as FieldId, name: 'cam1', type: 'image', unit: '' },
  { id: 5 as FieldId, name: 'Größe', type: 'scalar', unit: 'cm' },
]
const index = new Map(fields.map((field) => [field.name, field]))

function check(json: unknown, options: { stamp?: number; needsData?: boolean } = {}) {
  return checkMeasurement(json, index, {
    now,
    stamp: options.stamp === undefined ? null : timestampMs(options.stamp),
    needsData: options.needsData ?? true,
  })
}

function refusal(json: unknown): { code: string; field: string | undefined } {
  try {
    check(json)
  } catch (error) {
    if (error instanceof SenioError) return { code: error.code, field: error.field }
    throw error
  }
  return { code: 'accepted', field: undefined }
}

describe('checkMeasurement', () => {
  it('gives the values of every type in the order sent', () => {
    const place = { lat: 52.5, lon: 13.4, alt: 34 }
    const { values, timestamp, tags } = check({
      timestamp: 1474383378795.25,
      data: { door: false, temp: 1e308, place },
      tags: ['a'],
    })
    expect(values.map(({ field, value }) => [field.name, value])).toEqual([
      ['door', false],
      ['temp', 1e308],
      ['place', place],
    ])
    expect(timestamp).toBe(1474383378795.25)
    expect(tags).toEqual(['a'])
  })

  it('finds a field by the decomposed spelling of its name', () => {
    expect(check({ timestamp: now, data: { ['Größe'.normalize('NFD')]: 3 } }).values[0]?.field.name).toBe(
      'Größe',
    )
  })

  it('lets the arrival time stand in for the timestamp', () => {
    expect(check({ data: { temp: 1 } }, { stamp: 1_700_000_000_001 }).timestamp).toBe(1_700_000_000_001)
  })

  it('lets data be absent or null when pictures come with it', () => {
    expect(check({ timestamp: now }, { needsData: false }).values).toEqual([])
    expect(check({ timestamp: now, data: null }, { needsData: false }).values).toEqual([])
  })

  it.each([
    ['a list', [], 'measurement-invalid'],
    ['null', null, 'measurement-invalid'],
    ['a number', 3, 'measurement-invalid'],
    ['a text', 'x', 'measurement-invalid'],
    ['no timestamp', { data: { temp: 1 } }, 'timestamp-missing'],
    ['a null timestamp', { timestamp: null, data: { temp: 1 } }, 'timestamp-invalid'],
    ['a text timestamp', { timestamp: '1474383378795', data: { temp: 1 } }, 'timestamp-invalid'],
    ['a negative timestamp', { timestamp: -5, data: { temp: 1 } }, 'timestamp-invalid'],
    ['seconds', { timestamp: 1_474_383_378, data: { temp: 1 } }, 'timestamp-in-seconds'],
    ['an infinite timestamp', { timestamp: Infinity, data: { temp: 1 } }, 'timestamp-in-future'],
    ['1e308', { timestamp: 1e308, data: { temp: 1 } }, 'timestamp-in-future'],
    ['more than a day ahead', { timestamp: now + DAY + 1, data: { temp: 1 } }, 'timestamp-in-future'],
    ['no data', { timestamp: now }, 'data-empty'],
    ['empty data', { timestamp: now, data: {} }, 'data-empty'],
    ['data that is a list', { timestamp: now, data: [1] }, 'measurement-invalid'],
    ['values outside of data', { timestamp: now, temp: 3 }, 'measurement-invalid'],
    ['a dangerous key', JSON.parse(`{"__proto__":{},"timestamp":${now}}`), 'duplicate-key'],
    ['a dangerous field', JSON.parse(`{"timestamp":${now},"data":{"__proto__":1}}`), 'unknown-field'],
    ['an inherited field', { timestamp: now, data: { constructor: 1 } }, 'unknown-field'],
    ['too many tags', { timestamp: now, data: { temp: 1 }, tags: Array(33).fill('x') }, 'tags-invalid'],
    ['nested tags', { timestamp: now, data: { temp: 1 }, tags: { a: {} } }, 'tags-invalid'],
    ['half a character in a tag', { timestamp: now, data: { temp: 1 }, tags: ['\ud800'] }, 'tags-invalid'],
    ['a NUL in a tag', { timestamp: now, data: { temp: 1 }, tags: { a: '\0' } }, 'tags-invalid'],
    ['an image inside JSON', { timestamp: now, data: { cam1: 'abc' } }, 'value-invalid'],
  ])('refuses %s', (_, json, code) => {
    expect(refusal(json).code).toBe(code)
  })

  it.each([Infinity, Number.NaN, '22', true, null, {}, []])(
    'refuses %j for a scalar, naming the field',
    (value) => {
      expect(refusal({ timestamp: now, data: { temp: value } })).toEqual({
        code: 'value-invalid',
        field: 'temp',
      })
    },
  )

  it.each([0, 1, 'true', null])('refuses %j for a boolean', (value) => {
    expect(refusal({ timestamp: now, data: { door: value } }).code).toBe('value-invalid')
  })

  it.each([
    { lat: 91, lon: 0 },
    { lat: 0, lon: 181 },
    { lat: '1', lon: 2 },
    { lat: 1 },
    { lat: 1, lon: 2, height: 3 },
    { lat: 1, lon: 2, accuracy: -1 },
    [1, 2],
  ])('refuses %j for a location', (value) => {
    expect(refusal({ timestamp: now, data: { place: value } }).code).toBe('value-invalid')
  })

  it('names an unknown field and the known ones', () => {
    expect(refusal({ timestamp: now, data: { tmep: 1 } })).toEqual({ code: 'unknown-field', field: 'tmep' })
    expect(() => check({ timestamp: now, data: { tmep: 1 } })).toThrow(/temp, door/)
  })

  it('refuses two spellings of one field', () => {
    const data = { Größe: 1, ['Größe'.normalize('NFD')]: 2 }
    expect(refusal({ timestamp: now, data }).code).toBe('duplicate-key')
  })
})
