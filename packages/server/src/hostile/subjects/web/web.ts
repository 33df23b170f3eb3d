import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import type { PublishSite } from '../../../testing/publish-site.ts'
import type { HostileCase, HostileSubject } from '../../hostile-case.ts'
import { bodies } from './bodies.ts'

const API = '/api/v1'
const OWN = 'Origin: http://senio'

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
    name: 'the method OPTIONS for a file of the page that shows the API',
    answer: 'method-not-allowed',
    send: (site) => site.send({ method: 'OPTIONS', path: '/api/docs/static/index.html', headers: [] }),
    also: ({ headers }) => expect(headers['allow']).toBe('GET, HEAD'),
  },
  {
    name: 'the method TRACE for a file of the page that shows the API',
    answer: 'method-not-allowed',
    send: (site) => site.send({ method: 'TRACE', path: '/api/docs/static/index.html', headers: [] }),
    also: ({ headers }) => expect(headers['allow']).toBe('GET, HEAD'),
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
    'Bodies are JSON objects of which every key is known; nobody chooses owner, role or id. They are read as strictly as measurements. A write with the cookie comes from the web app itself. Nothing is shared with pages of other origins.',
  cases: [...bodies, ...cookies, ...headers],
}
