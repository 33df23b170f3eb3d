import type { ErrorCode } from '@senio/protocol'
import type { HostileCase } from '../../hostile-case.ts'

const API = '/api/v1'
const JSON_TYPE = 'Content-Type: application/json'

/** A write with an API token. */
function write(
  name: string,
  [method, path]: readonly [string, string],
  body: string | Buffer | object,
  answer: ErrorCode | number,
  headers: readonly string[] = [JSON_TYPE],
): HostileCase {
  return {
    name,
    answer,
    send: (site) =>
      site.send({
        method,
        path: `${API}${path}`,
        headers: [`Authorization: Bearer ${site.token}`, ...headers],
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
  }
}

const POST_SENSORS = ['POST', '/sensors'] as const
const PATCH_SENSOR = ['PATCH', '/sensors/rpi'] as const
const POST_TOKENS = ['POST', '/tokens'] as const
const POST_VIEWS = ['POST', '/views'] as const
const POST_NOTES = ['POST', '/sensors/rpi/notes'] as const

/** What writes bring, and how it is spelled. */
export const bodies: readonly HostileCase[] = [
  write('an owner for a new sensor', POST_SENSORS, { name: 'mine', owner: 2 }, 'parameter-invalid'),
  write('an id for a new sensor', POST_SENSORS, { name: 'mine', id: 1 }, 'parameter-invalid'),
  write('a key for a new sensor', POST_SENSORS, { name: 'mine', key: 'x' }, 'parameter-invalid'),
  write(
    'a role for a new account',
    ['POST', '/accounts'],
    { email: 'x@example.org', password: 'long enough', role: 'admin' },
    'parameter-invalid',
  ),
  write('a role for oneself', ['PATCH', '/me'], { role: 'admin' }, 'parameter-invalid'),
  write('another owner for a sensor', PATCH_SENSOR, { owner: 2 }, 'parameter-invalid'),
  write("a token of one's own choice", POST_TOKENS, { label: '', token: 'senio_x' }, 'parameter-invalid'),
  write(
    'another type for a field',
    ['PATCH', '/sensors/rpi/fields/temp'],
    { type: 'image' },
    'parameter-invalid',
  ),
  write('__proto__ in a body', POST_SENSORS, '{"name":"mine","__proto__":{"owner":2}}', 'duplicate-key'),
  write(
    'an escaped __proto__ in a body',
    POST_SENSORS,
    '{"name":"mine","\\u005f_proto__":{"owner":2}}',
    'duplicate-key',
  ),
  write('__proto__ deep in a body', POST_VIEWS, '{"name":"x","panels":[{"__proto__":{}}]}', 'duplicate-key'),
  write(
    'constructor in a body',
    POST_SENSORS,
    '{"name":"mine","constructor":{"prototype":{"owner":2}}}',
    'duplicate-key',
  ),
  write('broken JSON', POST_SENSORS, '{"name":', 'malformed-json'),
  write('two texts', POST_SENSORS, '{"name":"a"}{"name":"b"}', 'malformed-json'),
  write('two byte order marks', POST_SENSORS, '\uFEFF\uFEFF{"name":"mine"}', 'malformed-json'),
  write('the same key twice', POST_SENSORS, '{"name":"mine","name":"other"}', 'duplicate-key'),
  write(
    'the same key twice, once with an escape',
    POST_NOTES,
    '{"from":1650000000000,"text":"a","\\u0074ext":"b"}',
    'duplicate-key',
  ),
  write(
    'invalid UTF-8 in a note',
    POST_NOTES,
    Buffer.from('{"from":1650000000000,"text":"\xff\xfe"}', 'latin1'),
    'invalid-utf8',
  ),
  write('UTF-16', POST_SENSORS, Buffer.from('{"name":"mine"}', 'utf16le'), 'malformed-json'),
  write('an empty body', PATCH_SENSOR, '', 'malformed-json'),
  write('no body', POST_SENSORS, '', 'malformed-json', []),
  write('a list', POST_SENSORS, '[]', 'parameter-invalid'),
  write('null', POST_SENSORS, 'null', 'parameter-invalid'),
  write('2 MB', POST_SENSORS, JSON.stringify({ name: 'x'.repeat(2_000_000) }), 'body-too-large'),
  write(
    '100,000 levels',
    POST_VIEWS,
    `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'json-too-deep',
  ),
  write('17 KB to sign in', ['POST', '/session'], `{"email":"${'x'.repeat(17_000)}"}`, 'body-too-large'),
  write('17 KB to set up', ['POST', '/setup'], `{"token":"${'x'.repeat(17_000)}"}`, 'body-too-large'),
  write('a note of 17 KB', POST_NOTES, { from: 1, text: 'x'.repeat(17_000) }, 'body-too-large'),
  {
    name: 'a body of 1 GB to come, to sign in',
    answer: 'body-too-large',
    send: (site) =>
      site.send({
        path: `${API}/session`,
        headers: [JSON_TYPE, 'Content-Length: 1000000000'],
      }),
  },
  {
    name: 'a body of 1 GB to come, where there is nothing',
    answer: 'not-found',
    send: (site) => site.send({ path: `${API}/nothing`, headers: [JSON_TYPE, 'Content-Length: 1000000000'] }),
  },
  write('a form of a browser', POST_SENSORS, 'name=mine', 'unsupported-content-type', [
    'Content-Type: application/x-www-form-urlencoded',
  ]),
  write('text that is JSON', POST_SENSORS, '{"name":"mine"}', 'unsupported-content-type', [
    'Content-Type: text/plain',
  ]),
  write('gzip', POST_SENSORS, '{"name":"mine"}', 'unsupported-encoding', [
    JSON_TYPE,
    'Content-Encoding: gzip',
  ]),
  ...[
    '',
    ' ',
    '../x',
    'a/b',
    'a\\b',
    '<img src=x onerror=alert(1)>',
    "x'; DROP TABLE sensors",
    'a\0b',
    'a\nb',
    'x'.repeat(65),
    '\u202Egnp',
    '.',
    '__proto__ ',
  ].map((name) =>
    write(
      `${JSON.stringify(name).slice(0, 40)} as the name of a sensor`,
      POST_SENSORS,
      { name },
      'parameter-invalid',
    ),
  ),
  ...['json', 'timestamp', 'tags', '__proto__', 'constructor', 'prototype', '1st', 'a"b', 'a,b'].map((name) =>
    write(
      `${JSON.stringify(name)} as the name of a field`,
      ['POST', '/sensors/rpi/fields'],
      { name, type: 'scalar' },
      'parameter-invalid',
    ),
  ),
  write('the name of a sensor that there is', POST_SENSORS, { name: 'rpi' }, 'name-taken'),
  write(
    'the name of a field that there is, decomposed',
    ['POST', '/sensors/rpi/fields'],
    { name: 'Größe'.normalize('NFD'), type: 'scalar' },
    'name-taken',
  ),
  write(
    'the name of a field type that there is not',
    ['POST', '/sensors/rpi/fields'],
    { name: 'x', type: 'toString' },
    'parameter-invalid',
  ),
  write(
    'half a surrogate pair in a note',
    POST_NOTES,
    '{"from":1650000000000,"text":"\\ud800"}',
    'parameter-invalid',
  ),
  write('a NUL in a note', POST_NOTES, '{"from":1650000000000,"text":"a\\u0000"}', 'parameter-invalid'),
  write(
    'a note of 2,001 characters',
    POST_NOTES,
    { from: 1_650_000_000_000, text: 'x'.repeat(2001) },
    'parameter-invalid',
  ),
  write('a note that ends before it begins', POST_NOTES, { from: 2, to: 1, text: 'x' }, 'parameter-invalid'),
  write('a note at 1e999', POST_NOTES, '{"from":1e999,"text":"x"}', 'parameter-invalid'),
  write('a NUL in a label', POST_TOKENS, '{"label":"a\\u0000"}', 'parameter-invalid'),
  write('half a surrogate pair in a label', POST_TOKENS, '{"label":"\\ud800"}', 'parameter-invalid'),
  write(
    'an e-mail address with a line break',
    ['POST', '/accounts'],
    { email: 'x@example.org\r\nBcc: y@example.org', password: 'long enough' },
    'parameter-invalid',
  ),
  write(
    'a password of 10 KB',
    ['POST', '/accounts'],
    { email: 'y@example.org', password: 'x'.repeat(10_000) },
    'parameter-invalid',
  ),
  write(
    'to sign in with 10 KB',
    ['POST', '/session'],
    { email: 'ada@example.org', password: 'x'.repeat(10_000) },
    'parameter-invalid',
  ),
  write(
    'to sign in with an object as password',
    ['POST', '/session'],
    { email: 'ada@example.org', password: { $ne: null } },
    'parameter-invalid',
  ),
  write(
    'to sign in with a NUL in the address',
    ['POST', '/session'],
    '{"email":"ada@example.org\\u0000","password":"x"}',
    'wrong-credentials',
  ),
  write(
    'to sign in with half a surrogate pair in the address',
    ['POST', '/session'],
    '{"email":"ada@example.org\\ud800","password":"x"}',
    'wrong-credentials',
  ),
  write('a deletion without a range', ['DELETE', '/sensors/rpi/measurements'], '', 'parameter-invalid', []),
  write(
    'a deletion of a reversed range',
    ['DELETE', '/sensors/rpi/measurements?from=2&to=1'],
    '',
    'parameter-invalid',
    [],
  ),
]
