import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import type { PublishSite } from '../../testing/publish-site.ts'
import type { HostileCase, HostileSubject } from '../hostile-case.ts'

const API = '/api/v1'
const OWN = 'Origin: http://senio'
const JSON_TYPE = 'Content-Type: application/json'

/** A write with an API token. */
function write(
  name: string,
  [method, path]: readonly [string, string],
  body: string | object,
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
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}

/** A request with these headers, each of which may need the site or a good session. */
function headed(
  name: string,
  headers: (site: PublishSite, session: string) => readonly string[],
  answer: ErrorCode | number,
  { method = 'GET', query = () => '' }: HeadedOptions = {},
): HostileCase {
  let session = ''
  return {
    name,
    answer,
    // Whoever signs out as told has no session any more.
    ...(answer === 204 ? { changes: ['session'] } : {}),
    async prepare(site) {
      const { sessions } = site.server.installation.services
      const { token } = await sessions.signIn({
        email: 'ada@example.org',
        password: 'correct horse battery',
        client: name,
      })
      session = token
    },
    send: (site) =>
      site.send({
        method,
        path: `${API}/${method === 'GET' ? 'me' : 'session'}${query(session)}`,
        headers: headers(site, session),
      }),
  }
}

interface HeadedOptions {
  readonly method?: string
  /** Behind the path. */
  readonly query?: (session: string) => string
}

const POST_SENSORS = ['POST', '/sensors'] as const
const PATCH_SENSOR = ['PATCH', '/sensors/rpi'] as const
const POST_TOKENS = ['POST', '/tokens'] as const
const POST_NOTES = ['POST', '/sensors/rpi/notes'] as const

const bodies: readonly HostileCase[] = [
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
  write('__proto__ in a body', POST_SENSORS, '{"name":"mine","__proto__":{"owner":2}}', 'malformed-json'),
  write(
    'constructor in a body',
    POST_SENSORS,
    '{"name":"mine","constructor":{"prototype":{"owner":2}}}',
    'malformed-json',
  ),
  write('broken JSON', POST_SENSORS, '{"name":', 'malformed-json'),
  write('an empty body', PATCH_SENSOR, '', 'malformed-json'),
  write('a list', POST_SENSORS, '[]', 'parameter-invalid'),
  write('null', POST_SENSORS, 'null', 'parameter-invalid'),
  write('2 MB', POST_SENSORS, JSON.stringify({ name: 'x'.repeat(2_000_000) }), 'body-too-large'),
  write(
    '100,000 levels',
    POST_SENSORS,
    `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'parameter-invalid',
  ),
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

const cookies: readonly HostileCase[] = [
  headed('no cookie and no token', () => [], 'not-signed-in'),
  headed('an empty token', () => ['Authorization: Bearer '], 'not-signed-in'),
  headed('the Basic scheme', () => ['Authorization: Basic YTpi'], 'not-signed-in'),
  headed('an empty cookie', () => ['Cookie: senio_session='], 'not-signed-in'),
  headed('a cookie that was never given', () => ['Cookie: senio_session=nonsense'], 'not-signed-in'),
  headed('a cookie of 8 KB', () => [`Cookie: senio_session=${'x'.repeat(8000)}`], 'not-signed-in'),
  headed('a cookie whose escapes are broken', () => ['Cookie: senio_session=%E0%A4%A'], 'not-signed-in'),
  headed(
    'the cookies __proto__ and constructor',
    () => ['Cookie: __proto__=x; constructor=y'],
    'not-signed-in',
  ),
  headed(
    '1,000 cookies',
    () => [`Cookie: ${Array.from({ length: 1000 }, (_, i) => `c${i}=x`).join('; ')}`],
    'not-signed-in',
  ),
  headed('a good session in the query instead', () => [], 'not-signed-in', {
    query: (session) => `?senio_session=${session}&session=${session}&access_token=${session}`,
  }),
  headed('a good session in another header', (_site, session) => [`X-Session: ${session}`], 'not-signed-in'),
  headed('a good cookie', (_site, session) => [`Cookie: senio_session=${session}`], 200),
  headed(
    'a good cookie and a wrong token, which counts',
    (_site, session) => [`Cookie: senio_session=${session}`, 'Authorization: Bearer nonsense'],
    'not-signed-in',
  ),
  headed(
    'two tokens',
    (site) => [`Authorization: Bearer ${site.token}`, `Authorization: Bearer ${site.token}`],
    'malformed-request',
  ),
  headed('a device key', (site) => [`Authorization: Bearer ${site.key}`], 'not-signed-in'),
  ...(
    [
      ['another origin', ['Origin: https://evil.example']],
      ['the origin null', ['Origin: null']],
      ['the own origin with another port', ['Origin: http://senio:81']],
      ['an origin that begins like the own', ['Origin: http://senio.evil.example']],
      ['the own origin behind a user name', ['Origin: http://senio@evil.example']],
      ['an origin that is no URL', ['Origin: senio']],
      ['two origins', [OWN, 'Origin: https://evil.example']],
      ['a fetch from another site', ['Sec-Fetch-Site: cross-site']],
      ['a fetch from a sister site', [OWN, 'Sec-Fetch-Site: same-site']],
      ['a link that was clicked elsewhere', ['Sec-Fetch-Site: none']],
    ] as const
  ).map(([name, headers]) =>
    headed(
      `a write with a good cookie and ${name}`,
      (_site, session) => [`Cookie: senio_session=${session}`, ...headers],
      'wrong-origin',
      { method: 'DELETE' },
    ),
  ),
  headed(
    'a write with a good cookie and the own origin',
    (_site, session) => [`Cookie: senio_session=${session}`, OWN],
    204,
    { method: 'DELETE' },
  ),
]

const headers: readonly HostileCase[] = [
  {
    name: 'a page of another origin that asks whether it may (CORS)',
    answer: 'method-not-allowed',
    send: (site) =>
      site.send({
        method: 'OPTIONS',
        path: `${API}/sensors`,
        headers: [
          'Origin: https://evil.example',
          'Access-Control-Request-Method: GET',
          'Access-Control-Request-Headers: authorization',
        ],
      }),
    also: ({ headers }) => {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    },
  },
  {
    name: 'a forwarded host that nobody vouches for',
    answer: 200,
    send: (site) =>
      site.send({
        method: 'GET',
        path: `${API}/sensors/rpi`,
        headers: [
          `Authorization: Bearer ${site.token}`,
          'X-Forwarded-Host: evil.example',
          'X-Forwarded-Proto: https',
          'Forwarded: host=evil.example',
        ],
      }),
    also: ({ json }) => expect(json?.['publishUrl']).toBe('http://senio/publish/rpi'),
  },
  {
    name: 'an Accept header of 8 KB',
    answer: 200,
    send: (site) =>
      site.send({
        method: 'GET',
        path: `${API}/sensors/rpi/measurements?limit=1`,
        headers: [`Authorization: Bearer ${site.token}`, `Accept: ${'text/x;q=0.1,'.repeat(600)}`],
      }),
  },
  {
    name: 'a page that does not exist, with markup in its address',
    answer: 'not-found',
    send: (site) => site.send({ method: 'GET', path: '/<script>alert(1)</script>', headers: [] }),
    also: ({ headers }) => {
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).not.toMatch(/unsafe/)
    },
  },
  {
    name: 'events that continue from an id that there is not',
    answer: 200,
    async send(site) {
      const response = await fetch(`${site.url}${API}/sensors/rpi/live`, {
        headers: { authorization: `Bearer ${site.token}`, 'last-event-id': '1 OR 1=1' },
      })
      const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
      const { value } = await reader.read()
      await reader.cancel()
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        json: null,
        body: Buffer.from(value ?? []),
      }
    },
    // From now on, whatever was before.
    also: ({ body }) => expect(body.toString()).toBe('retry: 2000\n\n'),
  },
]

export const web: HostileSubject = {
  title: 'The REST API',
  introduction:
    'Bodies are JSON objects of which every key is known; nobody chooses owner, role or id. A write with the cookie comes from the web app itself. Nothing is shared with pages of other origins.',
  cases: [...bodies, ...cookies, ...headers],
}
