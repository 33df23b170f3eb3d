import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import { aMeasurement, type HostileCase, type HostileSubject } from '../hostile-case.ts'

const LINES = 'application/x-ndjson'

/** A timestamp as JSON text; the detail must help with `hint`. */
function timed(name: string, timestamp: string, answer: ErrorCode, hint: RegExp): HostileCase {
  return {
    name,
    answer,
    send: (site) => site.post(`{"timestamp":${timestamp},"data":{"temp":1}}`),
    also: ({ json }) => {
      expect(json?.['field']).toBe('timestamp')
      expect(json?.['detail']).toMatch(hint)
    },
  }
}

function batch(
  name: string,
  body: (t: number) => string,
  answer: ErrorCode | number,
  options: {
    readonly type?: string
    readonly index?: number
    readonly kept?: number
    readonly query?: string
  } = {},
): HostileCase {
  const { type = 'application/json', index, kept = 0, query } = options
  return {
    name,
    answer,
    kept: { ...aMeasurement, measurements: kept },
    send: (site) => site.post(body(site.nextTime()), type, query),
    ...(index === undefined ? {} : { also: ({ json }) => expect(json?.['index']).toBe(index) }),
  }
}

const one = (t: number): string => `{"timestamp":${t},"data":{"temp":1}}`
const many = (count: number, t: number): string[] => Array.from({ length: count }, (_, i) => one(t + i / 1e5))

export const times: HostileSubject = {
  title: 'Time',
  introduction:
    "Milliseconds since the Unix epoch, kept to the last digit. The test servers' clock says November 2023.",
  cases: [
    {
      name: 'no timestamp',
      answer: 'timestamp-missing',
      send: (site) => site.post('{"data":{"temp":1}}'),
      also: ({ json }) => expect(json?.['detail']).toMatch(/clock=server/),
    },
    timed('a timestamp as text', '"1650000000000"', 'timestamp-invalid', /without quotes/),
    timed('an ISO date', '"2022-04-15T05:20:00Z"', 'timestamp-invalid', /milliseconds/),
    timed('a timestamp of null', 'null', 'timestamp-invalid', /null/),
    timed('a timestamp of true', 'true', 'timestamp-invalid', /boolean/),
    timed('a list as a timestamp', '[1650000000000]', 'timestamp-invalid', /list/),
    timed('a negative timestamp', '-1', 'timestamp-invalid', /negative/),
    timed('a timestamp of -1e999', '-1e999', 'timestamp-invalid', /negative/),
    timed('a timestamp of 0', '0', 'timestamp-in-seconds', /Multiply it by 1000/),
    timed('seconds', '1650000000', 'timestamp-in-seconds', /Multiply it by 1000/),
    timed('a timestamp of 1e308', '1e308', 'timestamp-in-future', /milliseconds/),
    timed('a timestamp of 1e999', '1e999', 'timestamp-in-future', /milliseconds/),
    timed('microseconds', '1650000000000000', 'timestamp-in-future', /micro/),
    timed('two days ahead', '1700172800000', 'timestamp-in-future', /clock/),
    {
      name: 'fractions, given back to the last digit',
      answer: 201,
      kept: aMeasurement,
      async send(site) {
        const sent = await site.post('{"timestamp":1660000000000.0154,"data":{"temp":1}}')
        expect(sent.body.toString()).toContain('"timestamp":1660000000000.0154')
        const read = await site.get('measurements?from=1660000000000&to=1660000000001')
        expect(read.body.toString()).toContain('"timestamp":1660000000000.0154')
        return sent
      },
    },
    {
      name: 'the same again, and again',
      answer: 201,
      kept: aMeasurement,
      async send(site) {
        const body = one(site.nextTime())
        const first = await site.post(body)
        for (let i = 0; i < 3; i++) {
          const again = await site.post(body)
          expect([again.status, again.body.toString()]).toEqual([first.status, first.body.toString()])
        }
        return first
      },
    },
    {
      name: 'another value for the same timestamp, which replaces the one before',
      answer: 201,
      kept: aMeasurement,
      async send(site) {
        const timestamp = site.nextTime()
        await site.post(one(timestamp))
        const sent = await site.post(JSON.stringify({ timestamp, data: { temp: 2 } }))
        const read = await site.get(`measurements?from=${timestamp}&to=${timestamp + 1}`)
        expect(read.json).toMatchObject({ measurements: [{ timestamp, data: { temp: 2 } }] })
        return sent
      },
    },
    {
      name: 'a backlog of a year, out of order',
      answer: 200,
      kept: { ...aMeasurement, measurements: 366 },
      async send(site) {
        const day = 86_400_000
        const from = 1_610_000_000_000
        const days = Array.from({ length: 366 }, (_, i) => (i * 149) % 366)
        const lines = days.map((n) => JSON.stringify({ timestamp: from + n * day + 0.5, data: { temp: n } }))
        expect((await site.post(lines.slice(0, 300).join('\n'), LINES)).status).toBe(201)
        for (const line of lines.slice(300)) expect((await site.post(line)).status).toBe(201)
        const range = `fields=temp&from=${from}&to=${from + 366 * day}`
        const csv = await site.get(`measurements?${range}`, 'text/csv')
        const sent = csv.body
          .toString()
          .split('\r\n')
          .slice(1, -1)
          .map((line) => Number(line.split(',')[0]))
        expect(sent).toContain(from + 0.5)
        expect(sent).toEqual(sent.toSorted((a, b) => a - b))
        return site.get(`series?${range}&points=1000`)
      },
      also: ({ json }) => {
        const { fields } = json as unknown as { fields: { temp: { t: number[] } } }
        expect(fields.temp.t).toEqual(fields.temp.t.toSorted((a, b) => a - b))
      },
    },
    batch('an empty list', () => '[]', 'data-empty'),
    batch('a list of lists', (t) => `[[${one(t)}]]`, 'measurement-invalid', { index: 0 }),
    batch(
      'a list whose third is bad',
      (t) => `[${one(t)},${one(t + 1)},{"timestamp":1}]`,
      'timestamp-in-seconds',
      { index: 2 },
    ),
    batch('a list of 10,001', (t) => `[${many(10_001, t).join()}]`, 'too-many-measurements'),
    batch('a list over 8 MiB', (t) => `[${one(t)}${' '.repeat(8 * 1024 * 1024)}]`, 'body-too-large'),
    batch(
      'a list with a picture inside',
      (t) => `[{"timestamp":${t},"data":{"cam1":"x"}}]`,
      'value-invalid',
      { index: 0 },
    ),
    batch('a list to be stamped by the server', (t) => `[${one(t)}]`, 'parameter-invalid', {
      query: '?clock=server',
    }),
    batch('a list with one identity twice, of which the last counts', (t) => `[${one(t)},${one(t)}]`, 201, {
      kept: 1,
    }),
    batch('lines whose second is bad', (t) => `${one(t)}\n{"timestamp":\n${one(t + 1)}`, 'malformed-json', {
      type: LINES,
      index: 1,
    }),
    batch('lines with blank ones between', (t) => `\r\n${one(t)}\r\n\n${one(t + 1)}\n\n`, 201, {
      type: LINES,
      kept: 2,
    }),
    batch('no line', () => '\n\n', 'data-empty', { type: LINES }),
    batch('a line that is a list', (t) => `[${one(t)}]`, 'measurement-invalid', { type: LINES, index: 0 }),
    batch('10,001 lines', (t) => many(10_001, t).join('\n'), 'too-many-measurements', { type: LINES }),
    batch('an unknown clock', one, 'parameter-invalid', { query: '?clock=mine' }),
    batch('the clock twice', one, 'parameter-invalid', { query: '?clock=server&clock=mine' }),
  ],
}
