import type { Field, FieldId } from '../../storage/sensor-store.ts'
import { expect, it } from 'vitest'
import { csvHeader, csvRow } from './csv.ts'

const fields: readonly Field[] = [
  { id: 1 as FieldId, name: 'temp', type: 'scalar', unit: 'celsius' },
  { id: 2 as FieldId, name: 'door', type: 'boolean', unit: '' },
  { id: 3 as FieldId, name: 'place', type: 'location', unit: '' },
]

it('names a column per field, several for a location', () => {
  expect(csvHeader(fields)).toBe(
    'timestamp,time,temp,door,place.lat,place.lon,place.alt,place.accuracy,tags\r\n',
  )
})

it('leaves cells empty where there is no value, and keeps numbers as they are', () => {
  const row = csvRow({ timestamp: 1474638041614.25, data: { temp: -1.5 }, tags: null }, fields)
  expect(row).toBe('1474638041614.25,2016-09-23T13:40:41.614Z,-1.5,,,,,,\r\n')
})

it.each([
  [['=cmd()'], '"[""=cmd()""]"'],
  [{ a: 'x,y' }, '"{""a"":""x,y""}"'],
])('quotes tags %j', (tags, cell) => {
  const row = csvRow({ timestamp: 1474638041614, data: { door: true }, tags }, fields)
  expect(row).toBe(`1474638041614,2016-09-23T13:40:41.614Z,,true,,,,,${cell}\r\n`)
})
