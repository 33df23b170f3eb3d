import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import { aMeasurement, type HostileCase, type HostileSubject } from '../hostile-case.ts'

const refused = (path: string, answer: ErrorCode = 'parameter-invalid'): HostileCase => ({
  name: path.length > 70 ? `${path.slice(0, 70)}… (${path.length} characters)` : path,
  answer,
  send: (site) => site.get(path),
})

/** Only compared, never part of a statement: nothing is found, and everything is still there. */
const compared = (text: string): HostileCase => ({
  name: `${JSON.stringify(text)} as a search and as a tag`,
  answer: 200,
  async send(site) {
    const tagged = await site.get(`measurements?tag=${encodeURIComponent(text)}`)
    expect(tagged.json).toEqual({ measurements: [], next: null })
    expect((await site.get(`tags?search=${encodeURIComponent(text)}`)).json).toEqual({ tags: [], next: null })
    return site.get(`/api/v1/sensors?search=${encodeURIComponent(text)}`)
  },
  also: ({ json }) => expect(json).toEqual({ sensors: [], next: null }),
})

const SHA1 = 'a'.repeat(40)

export const queries: HostileSubject = {
  title: 'A query',
  introduction:
    'Parameters are checked before anything is read; unknown ones are refused. Below `/api/v1/sensors/rpi`, unless the path begins with a slash.',
  cases: [
    ...[
      'limit=1e9',
      'limit=0',
      'limit=-1',
      'limit=ten',
      'limit=1.5',
      'limit=NaN',
      'limit=1001',
      'limit=5&limit=6',
      'limit[]=5',
      'limit=5;drop',
    ].map((query) => refused(`measurements?${query}`)),
    ...[
      'from=2&to=1',
      'from=yesterday',
      'from=NaN',
      'from=Infinity',
      'to=1e999',
      'from=1&from=2',
      'from=%20',
      'from=0x10',
      'from=1%3BDROP%20TABLE%20sensors',
      "from='1'",
    ].map((query) => refused(`measurements?${query}`)),
    refused("measurements?fields=temp'%20OR%20'1'='1", 'unknown-field'),
    refused('measurements?fields=nope', 'unknown-field'),
    refused('measurements?fields=__proto__', 'unknown-field'),
    refused('measurements?fields=temp%00', 'unknown-field'),
    refused(`measurements?fields=${'temp,'.repeat(1000)}`),
    refused('measurements?cursor=nonsense'),
    refused("measurements?cursor=1'%20OR%201=1"),
    refused('measurements?cursor=bnVsbA'),
    refused('measurements?cursor=MWU5OTk'),
    refused(`measurements?cursor=${'x'.repeat(1000)}`),
    refused(`measurements?tag=${'x'.repeat(601)}`),
    refused('measurements?tag=%zz', 'malformed-url'),
    refused('measurements?tag=%ff', 'malformed-url'),
    refused('measurements?owner=2'),
    refused('measurements?__proto__=2'),
    ...[
      'points=0',
      'points=-1',
      'points=1e9',
      'points=10001',
      'points=x',
      'from=2&to=1',
      'points=5&points=6',
    ].map((query) => refused(`series?${query}`)),
    refused("series?fields=temp')%3B--", 'unknown-field'),
    ...['', 't=now', 't=NaN', 't=Infinity', 't=1&t=2', 't='].map((query) => refused(`at?${query}`)),
    ...[
      'count=0',
      'count=-5',
      'count=1e9',
      'count=x',
      'limit=1e9',
      'field=temp',
      'count=5&count=6',
      'from=2&to=1',
      'cursor=x',
      'count=5&cursor=MTY1MDAwMDAwMDAwMA',
    ].map((query) => refused(`images?${query}`)),
    refused('latest?t=1'),
    refused('images?field=nope', 'unknown-field'),
    refused("images?field=cam1'--", 'unknown-field'),
    refused(`images/${SHA1}?size=huge`),
    refused(`images/${SHA1}?size=thumb&size=preview`),
    ...[
      'nonsense',
      '..%2f..%2fsenio.db',
      '0'.repeat(39),
      'G'.repeat(40),
      SHA1.toUpperCase(),
      SHA1,
      '%00',
    ].map((name) => refused(`images/${name}`, 'not-found')),
    ...['width=0', 'width=1e9', 'from=2&to=1', 'width=x'].map((query) =>
      refused(`keogram?field=cam1&${query}`),
    ),
    refused('keogram/cam1/3/0.webp', 'not-found'),
    refused('keogram/cam1/1024/-1.webp', 'not-found'),
    refused('keogram/cam1/1024/999999999999999.webp', 'not-found'),
    refused('keogram/cam1/1024/0.png', 'not-found'),
    refused('keogram/temp/1024/0.webp', 'not-found'),
    refused('tags?limit=1e9'),
    refused('tags?cursor=%00'),
    refused('notes?limit=1e9'),
    refused('notes?from=2&to=1'),
    refused('keys?cursor=nonsense'),
    refused('/api/v1/sensors?limit=1e9'),
    refused('/api/v1/sensors?cursor=%00'),
    refused(`/api/v1/sensors?search=${'x'.repeat(65)}`),
    refused('/api/v1/sensors?owner=2'),
    refused('/api/v1/me?account=2'),
    refused('/api/v1/tokens?cursor=x'),
    refused('/api/v1/views?limit=-1'),
    refused('/api/v1/accounts?limit=1e9'),
    refused('/api/v1/accounts?cursor=x'),
    refused("/api/v1/sensors/rpi'%20OR%20'1'='1", 'not-found'),
    refused('/api/v1/sensors/__proto__', 'not-found'),
    refused('/api/v1/sensors/%00', 'not-found'),
    refused('/api/v1/views/1e0', 'not-found'),
    refused('/api/v1/views/99999999999999999999', 'not-found'),
    {
      name: 'measurements?from=&to=&limit=&tag=&cursor=, as forms send what was left empty',
      answer: 200,
      send: (site) => site.get('measurements?from=&to=&limit=&tag=&cursor='),
    },
    ...[
      "' OR 1=1 --",
      '%',
      '_',
      '*',
      '"',
      '\\',
      '<script>',
      '💥',
      "'; DROP TABLE sensors; --",
      '$1',
      '${x}',
      '\0',
      '\uFFFE',
    ].map(compared),
    {
      name: 'an export as CSV of tags that a spreadsheet would run',
      answer: 200,
      kept: aMeasurement,
      async send(site) {
        const timestamp = site.nextTime()
        const tags = {
          a: '=1+1',
          b: '+1',
          c: '-1',
          d: '@SUM(A1)',
          e: '\t=1',
          f: '<img src=x onerror=alert(1)>',
        }
        expect((await site.post(JSON.stringify({ timestamp, data: { temp: -3.5 }, tags }))).status).toBe(201)
        return site.get(`measurements?fields=temp&from=${timestamp}&to=${timestamp + 1}`, 'text/csv')
      },
      also: ({ headers, body }) => {
        expect(headers).toMatchObject({
          'content-type': expect.stringContaining('text/csv'),
          'content-disposition': expect.stringContaining('attachment'),
          'x-content-type-options': 'nosniff',
        })
        const [header, row = ''] = body.toString().split('\r\n')
        expect(header).toBe('timestamp,time,temp,tags')
        const cells = row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []
        expect(cells[2]).toBe('-3.5')
        for (const cell of cells.filter((cell) => Number.isNaN(Number(cell)))) {
          expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/)
        }
      },
    },
  ],
}
