import { gzipSync } from 'node:zlib'
import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import type { SiteAnswer } from '../../testing/publish-site.ts'
import { aMeasurement, type HostileCase, type HostileSubject } from '../hostile-case.ts'

type Body = string | Buffer | ((t: number) => string | Buffer)
const MIB = 1024 * 1024

/** A body as JSON. A function gets a timestamp that nobody has used yet. */
function json(
  name: string,
  body: Body,
  answer: ErrorCode | number,
  also?: (answer: SiteAnswer) => void,
  contentType = 'application/json',
): HostileCase {
  return {
    name,
    answer,
    send: (site) => site.post(typeof body === 'function' ? body(site.nextTime()) : body, contentType),
    ...(answer === 201 ? { kept: aMeasurement } : {}),
    ...(also === undefined ? {} : { also }),
  }
}

const typed = (name: string, contentType: string, answer: ErrorCode | number): HostileCase =>
  json(name, (t) => `{"timestamp":${t},"data":{"temp":1}}`, answer, undefined, contentType)

/** A measurement of one value, as JSON text. */
const valued = (name: string, field: string, value: string, answer: ErrorCode | number): HostileCase =>
  json(name, (t) => `{"timestamp":${t},"data":{"${field}":${value}}}`, answer)

const tagged = (name: string, tags: string, answer: ErrorCode | number): HostileCase =>
  json(
    name,
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":${tags}}`,
    answer,
    (sent) => {
      if (answer === 201) expect(sent.json?.['tags']).toEqual(JSON.parse(tags))
    },
  )

/** Markup is only text: it comes back as it was sent, in JSON that no browser takes for a page. */
const inert = (name: string, tag: string): HostileCase => ({
  name,
  answer: 201,
  kept: aMeasurement,
  async send(site) {
    const timestamp = site.nextTime()
    const sent = await site.post(JSON.stringify({ timestamp, data: { temp: 1 }, tags: [tag] }))
    const read = await site.get(`measurements?from=${timestamp}&to=${timestamp + 1}`)
    expect(read.json).toMatchObject({ measurements: [{ timestamp, tags: [tag] }] })
    for (const { headers } of [sent, read]) {
      expect(headers['content-type']).toBe('application/json; charset=utf-8')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    return sent
  },
})

function gzipped(name: string, body: Body, answer: ErrorCode | number, encoding = 'gzip'): HostileCase {
  let bytes: string | Buffer = ''
  return {
    name,
    answer,
    isFlat: true,
    prepare(site) {
      bytes = typeof body === 'function' ? body(site.nextTime()) : body
    },
    send: (site) =>
      site.send({
        headers: [
          `Authorization: Bearer ${site.key}`,
          'Content-Type: application/json',
          `Content-Encoding: ${encoding}`,
        ],
        body: bytes,
      }),
    ...(answer === 201 ? { kept: aMeasurement } : {}),
  }
}

const good = (t: number): string => `{"timestamp":${t},"data":{"temp":1}}`
const names = (field: string) => (answer: SiteAnswer) => expect(answer.json?.['field']).toBe(field)

const types: readonly HostileCase[] = [
  {
    name: 'no content type',
    answer: 'unsupported-content-type',
    send: (site) =>
      site.send({ headers: [`Authorization: Bearer ${site.key}`], body: good(site.nextTime()) }),
  },
  typed('an empty content type', '', 'unsupported-content-type'),
  typed('text/plain', 'text/plain', 'unsupported-content-type'),
  typed('a form of a browser', 'application/x-www-form-urlencoded', 'unsupported-content-type'),
  typed('SVG', 'image/svg+xml', 'unsupported-content-type'),
  typed('XML', 'application/xml', 'unsupported-content-type'),
  typed('text/json', 'text/json', 'unsupported-content-type'),
  typed('two content types', 'application/json, text/html', 'unsupported-content-type'),
  typed('a content type of 8 KB', `application/${'j'.repeat(8000)}`, 'unsupported-content-type'),
  typed('parameters, which are ignored', 'Application/JSON ; charset=utf-8', 201),
]

const syntax: readonly HostileCase[] = [
  json('an empty body', '', 'malformed-json'),
  json('blanks only', ' \r\n\t', 'malformed-json'),
  json('a cut body', '{"timestamp":1', 'malformed-json'),
  json('a trailing comma', (t) => `{"timestamp":${t},"data":{"temp":1},}`, 'malformed-json'),
  json('a missing comma', (t) => `{"timestamp":${t} "data":{"temp":1}}`, 'malformed-json'),
  json('two texts', (t) => good(t) + good(t), 'malformed-json'),
  json('a NUL behind it', (t) => `${good(t)}\0`, 'malformed-json'),
  json('a comment', (t) => `/* x */${good(t)}`, 'malformed-json'),
  json('single quotes', "{'timestamp':1}", 'malformed-json'),
  json('NaN', (t) => `{"timestamp":${t},"data":{"temp":NaN}}`, 'malformed-json'),
  json('Infinity', (t) => `{"timestamp":${t},"data":{"temp":-Infinity}}`, 'malformed-json'),
  json('a leading zero', (t) => `{"timestamp":${t},"data":{"temp":007}}`, 'malformed-json'),
  json('a leading plus', (t) => `{"timestamp":${t},"data":{"temp":+1}}`, 'malformed-json'),
  json('a number in hex', (t) => `{"timestamp":${t},"data":{"temp":0x10}}`, 'malformed-json'),
  json('a dot without digits', (t) => `{"timestamp":${t},"data":{"temp":1.}}`, 'malformed-json'),
  json(
    'a line break in a string',
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":["a\nb"]}`,
    'malformed-json',
  ),
  json(
    'an escape that there is not',
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":["\\x41"]}`,
    'malformed-json',
  ),
  json('invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'invalid-utf8'),
  json('overlong UTF-8', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d]), 'invalid-utf8'),
  json('UTF-16', (t) => Buffer.from(good(t), 'utf16le'), 'malformed-json'),
  json('UTF-16 with its mark', (t) => Buffer.from(`\uFEFF${good(t)}`, 'utf16le'), 'invalid-utf8'),
  json('one byte order mark', (t) => `\uFEFF${good(t)}`, 201),
  json('two byte order marks', (t) => `\uFEFF\uFEFF${good(t)}`, 'malformed-json'),
  json('blanks around it', (t) => `\r\n ${good(t)}\t\n`, 201),
  json('100,000 open brackets', '['.repeat(100_000), 'json-too-deep'),
  json('100,000 lists in each other', '['.repeat(100_000) + ']'.repeat(100_000), 'json-too-deep'),
  json('100,000 objects in each other', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'json-too-deep'),
  json('33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, 'json-too-deep'),
  json(
    '2 MB',
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":["${'x'.repeat(2 * MIB)}"]}`,
    'body-too-large',
  ),
  json(
    '100,000 brackets in a string',
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":["${'['.repeat(100_000)}"]}`,
    'tags-invalid',
  ),
]

const shapes: readonly HostileCase[] = [
  ...['null', '1', '"x"', 'true'].map((text) =>
    json(`${text} instead of an object`, text, 'measurement-invalid'),
  ),
  json('an empty object', '{}', 'timestamp-missing'),
  json('the same key twice', (t) => `{"timestamp":${t},"timestamp":${t},"data":{"temp":1}}`, 'duplicate-key'),
  json('a field twice', (t) => `{"timestamp":${t},"data":{"temp":1,"temp":2}}`, 'duplicate-key'),
  json(
    'a field twice, once with an escape',
    (t) => `{"timestamp":${t},"data":{"temp":1,"\\u0074emp":2}}`,
    'duplicate-key',
  ),
  json(
    'a field twice, composed and decomposed',
    (t) => `{"timestamp":${t},"data":{"Größe":1,"${'Größe'.normalize('NFD')}":2}}`,
    'duplicate-key',
    names('Größe'),
  ),
  json('a decomposed field', (t) => `{"timestamp":${t},"data":{"${'Größe'.normalize('NFD')}":2}}`, 201),
  json(
    '__proto__ as a key',
    (t) => `{"timestamp":${t},"data":{"temp":1},"__proto__":{"tags":["x"]}}`,
    'duplicate-key',
  ),
  json(
    'constructor as a key',
    (t) => `{"timestamp":${t},"data":{"temp":1},"constructor":{"prototype":{}}}`,
    'duplicate-key',
  ),
  json(
    '__proto__ as a field',
    (t) => `{"timestamp":${t},"data":{"temp":1,"__proto__":{"temp":2}}}`,
    'unknown-field',
  ),
  json(
    'an escaped __proto__ as a field',
    (t) => `{"timestamp":${t},"data":{"\\u005f_proto__":1}}`,
    'unknown-field',
  ),
  json(
    '__proto__ as a tag',
    (t) => `{"timestamp":${t},"data":{"temp":1},"tags":{"__proto__":"x"}}`,
    'duplicate-key',
  ),
  json(
    '__proto__ instead of the data',
    (t) => `{"timestamp":${t},"__proto__":{"data":{"temp":1}}}`,
    'duplicate-key',
  ),
  ...['toString', 'hasOwnProperty', 'length', ''].map((field) =>
    json(`"${field}" as a field`, (t) => `{"timestamp":${t},"data":{"${field}":1}}`, 'unknown-field'),
  ),
  json(
    'an unknown field',
    (t) => `{"timestamp":${t},"data":{"temp":1,"tmep":2}}`,
    'unknown-field',
    (answer) => {
      expect(answer.json).toMatchObject({ field: 'tmep', detail: expect.stringContaining('tmep') })
    },
  ),
  json(
    'markup as a field',
    (t) => `{"timestamp":${t},"data":{"<img src=x onerror=alert(1)>":2}}`,
    'unknown-field',
    ({ headers }) => {
      expect(headers['x-content-type-options']).toBe('nosniff')
    },
  ),
  json(
    'a field name of 1 MB',
    (t) => `{"timestamp":${t},"data":{"${'x'.repeat(MIB - 100)}":2}}`,
    'unknown-field',
    ({ body }) => {
      expect(body.length).toBeLessThan(2000)
    },
  ),
  json(
    'an unknown member',
    (t) => `{"timestamp":${t},"data":{"temp":1},"owner":2}`,
    'measurement-invalid',
    names('owner'),
  ),
  json('no data', (t) => `{"timestamp":${t}}`, 'data-empty'),
  json('empty data', (t) => `{"timestamp":${t},"data":{}}`, 'data-empty'),
  json('data that is null', (t) => `{"timestamp":${t},"data":null}`, 'data-empty'),
  json('data that is a list', (t) => `{"timestamp":${t},"data":[1]}`, 'measurement-invalid', names('data')),
]

const values: readonly HostileCase[] = [
  valued('a scalar beyond all doubles', 'temp', '1e999', 'value-invalid'),
  valued('a scalar below all doubles', 'temp', '-1e999', 'value-invalid'),
  valued('a scalar as text', 'temp', '"22"', 'value-invalid'),
  valued('true for a scalar', 'temp', 'true', 'value-invalid'),
  valued('null for a scalar', 'temp', 'null', 'value-invalid'),
  valued('an object for a scalar', 'temp', '{}', 'value-invalid'),
  valued('a list for a scalar', 'temp', '[1]', 'value-invalid'),
  valued('a picture inside the JSON', 'cam1', '"ffd8ffe000104a46"', 'value-invalid'),
  valued("a stored picture's hash as a picture", 'cam1', `"${'a'.repeat(40)}"`, 'value-invalid'),
  valued('1 for a boolean', 'door', '1', 'value-invalid'),
  valued('"true" for a boolean', 'door', '"true"', 'value-invalid'),
  valued('a location as text', 'place', '"52.5,13.4"', 'value-invalid'),
  valued('a location as a list', 'place', '[52.5,13.4]', 'value-invalid'),
  valued('a location without lon', 'place', '{"lat":52.5}', 'value-invalid'),
  valued('a location beyond the pole', 'place', '{"lat":90.0001,"lon":0}', 'value-invalid'),
  valued('a location beyond the date line', 'place', '{"lat":0,"lon":-180.5}', 'value-invalid'),
  valued('a location with a negative accuracy', 'place', '{"lat":0,"lon":0,"accuracy":-1}', 'value-invalid'),
  valued('a location with more', 'place', '{"lat":0,"lon":0,"name":"x"}', 'value-invalid'),
  valued('a location with __proto__', 'place', '{"lat":0,"lon":0,"__proto__":{}}', 'value-invalid'),
  ...['1e308', '-1e308', '5e-324', '-0', '9007199254740993', '1e-400'].map((number) => ({
    ...valued(`the scalar ${number}`, 'temp', number, 201),
    also: async (answer: SiteAnswer, site: Parameters<HostileCase['send']>[0]) => {
      const { timestamp } = answer.json as { timestamp: number }
      const range = `from=${timestamp}&to=${timestamp + 1}`
      const read = await site.get(`measurements?${range}`)
      expect(read.json).toMatchObject({ measurements: [{ data: { temp: Number(number) + 0 } }] })
      for (const points of [1, 1000]) {
        expect((await site.get(`series?fields=temp&${range}&points=${points}`)).status).toBe(200)
      }
    },
  })),
]

const tags: readonly HostileCase[] = [
  tagged('half a surrogate pair in a tag', '["\\ud800"]', 'tags-invalid'),
  tagged('a NUL in a tag', '["a\\u0000"]', 'tags-invalid'),
  tagged("half a surrogate pair in a tag's key", '{"\\udc00":1}', 'tags-invalid'),
  tagged('33 tags', JSON.stringify(Array.from({ length: 33 }, (_, i) => `t${i}`)), 'tags-invalid'),
  tagged('a tag of 257 characters', JSON.stringify(['x'.repeat(257)]), 'tags-invalid'),
  tagged('a tag in a tag', '{"a":["b"]}', 'tags-invalid'),
  tagged('a number beyond all doubles as a tag', '{"a":1e999}', 'tags-invalid'),
  tagged('null as a tag', '{"a":null}', 'tags-invalid'),
  tagged('a number in a list of tags', '[1]', 'tags-invalid'),
  tagged('tags as text', '"garden"', 'tags-invalid'),
  tagged(
    '32 tags of 256 characters',
    JSON.stringify(Array.from({ length: 32 }, (_, i) => `${i}`.padEnd(256, 'ä'))),
    201,
  ),
  tagged('control characters in a tag', '["\\u0001\\u001b[31m\\u202e"]', 201),
  inert('a script as a tag', '<script>alert(1)</script>'),
  inert('a picture that runs a script as a tag', '<img src=x onerror=alert(1)>'),
  inert('a formula as a tag', '=HYPERLINK("http://evil.example","x")'),
]

const compressed: readonly HostileCase[] = [
  gzipped('gzip', (t) => gzipSync(good(t)), 201),
  gzipped(
    'gzip in two members',
    (t) => {
      const text = good(t)
      return Buffer.concat([gzipSync(text.slice(0, 10)), gzipSync(text.slice(10))])
    },
    201,
  ),
  gzipped('gzip that is none', (t) => good(t), 'malformed-gzip'),
  gzipped('gzip that is empty', '', 'malformed-gzip'),
  gzipped('gzip cut short', (t) => gzipSync(good(t)).subarray(0, -6), 'malformed-gzip'),
  gzipped(
    'gzip with a wrong checksum',
    (t) => {
      const bytes = gzipSync(good(t))
      bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1
      return bytes
    },
    'malformed-gzip',
  ),
  gzipped('gzip of 200 MiB of nothing', () => gzipSync(Buffer.alloc(200 * MIB)), 'body-too-large'),
  gzipped(
    'gzip of a single measurement of 2 MB',
    (t) => gzipSync(`{"timestamp":${t},"data":{"temp":1}${' '.repeat(2 * MIB)}}`),
    'body-too-large',
  ),
  gzipped('gzip in gzip', (t) => gzipSync(gzipSync(good(t))), 'unsupported-encoding', 'gzip, gzip'),
  gzipped('gzip in gzip, said once', (t) => gzipSync(gzipSync(good(t))), 'invalid-utf8'),
  ...['br', 'deflate', 'zstd', 'x'.repeat(5000)].map((encoding) =>
    gzipped(
      `the content encoding ${encoding.slice(0, 10)}`,
      (t) => good(t),
      'unsupported-encoding',
      encoding,
    ),
  ),
]

export const jsonSubject: HostileSubject = {
  title: 'JSON',
  introduction:
    'One JSON text in UTF-8, at most 1 MiB and 32 levels deep, with the known keys, each once. Numbers are finite. Text is kept as it came, and is only text wherever it is shown.',
  cases: [...types, ...syntax, ...shapes, ...values, ...tags, ...compressed],
}
