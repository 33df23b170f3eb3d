import { expect } from 'vitest'
import type { PublishSite, SiteAnswer } from '../../testing/publish-site.ts'
import { aMeasurement, type HostileCase, type HostileSubject } from '../hostile-case.ts'

const SOME_KEY = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'

type Headers = readonly string[]

function body(site: PublishSite): string {
  return JSON.stringify({ timestamp: site.nextTime(), data: { temp: 1 } })
}

function publish(site: PublishSite, headers: Headers, path = '/publish/rpi'): Promise<SiteAnswer> {
  return site.send({ path, headers: ['Content-Type: application/json', ...headers], body: body(site) })
}

/** What is told, to the last byte, but for the date. */
function told({ status, headers, body: bytes }: SiteAnswer): unknown {
  return { status, headers: { ...headers, date: '' }, body: bytes.toString() }
}

/** Gets the same answer as a request without any key, for a sensor that there is as for one that there isn't. */
function refused(
  name: string,
  headers: (site: PublishSite) => Headers | Promise<Headers>,
  path?: string | ((site: PublishSite) => string),
): HostileCase {
  let prepared: Headers = []
  return {
    name,
    answer: 'key-refused',
    async prepare(site) {
      prepared = await headers(site)
    },
    send: (site) =>
      publish(site, prepared, typeof path === 'function' ? path(site) : (path ?? '/publish/rpi')),
    also: async (answer, site) => expect(told(answer)).toEqual(told(await publish(site, []))),
  }
}

const bearer = (key: string): Headers => [`Authorization: Bearer ${key}`]

async function revokedKey(site: PublishSite): Promise<string> {
  const { deviceKeys } = site.server.installation.services
  const { id, key } = await deviceKeys.create(site.owner, 'rpi', 'to be revoked')
  expect((await publish(site, bearer(key), '/publish/rpi?clock=mine')).status).toBe(422)
  await deviceKeys.revoke(site.owner, 'rpi', id)
  return key
}

async function sessionCookie(site: PublishSite): Promise<string> {
  const { sessions } = site.server.installation.services
  const { token } = await sessions.signIn({
    email: 'ada@example.org',
    password: 'correct horse battery',
    client: '',
  })
  return `Cookie: senio_session=${token}`
}

let others = 0

export const keys: HostileSubject = {
  title: 'A device key',
  introduction:
    'Whatever is wrong with the key or the name of the sensor, the answer is the same to the last byte, and the body is not looked at.',
  cases: [
    refused('no header', () => []),
    refused('the Basic scheme', (site) => [
      `Authorization: Basic ${Buffer.from(`rpi:${site.key}`).toString('base64')}`,
    ]),
    refused('a scheme of its own', (site) => [`Authorization: Key ${site.key}`]),
    refused('the key without a scheme', (site) => [`Authorization: ${site.key}`]),
    refused('the scheme grown together with the key', (site) => [`Authorization: Bearer${site.key}`]),
    refused('the scheme alone', () => ['Authorization: Bearer']),
    refused('an empty key', () => ['Authorization: Bearer ']),
    refused('a key of 10 KB', () => bearer('a'.repeat(10_000))),
    refused('no UUID', () => bearer('nonsense')),
    refused('a UUID in braces', (site) => bearer(`{${site.key}}`)),
    refused('a UUID without hyphens', (site) => bearer(site.key.replaceAll('-', ''))),
    refused('a key with more behind it', (site) => bearer(`${site.key}0`)),
    refused('two keys in one header', (site) => bearer(`${SOME_KEY}, Bearer ${site.key}`)),
    refused('a key in full-width digits', (site) =>
      bearer(
        Buffer.from(
          site.key.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
        ).toString('latin1'),
      ),
    ),
    refused('a key that was never given', () => bearer(SOME_KEY)),
    refused('a revoked key', async (site) => bearer(await revokedKey(site))),
    refused('the key of another sensor of the same account', async (site) => {
      const { key } = await site.server.sensor(`mine-${++others}`, ['temp:scalar'], site.owner)
      return bearer(key)
    }),
    refused("the key of another account's sensor", async (site) => {
      const { key } = await site.server.sensor(`theirs-${++others}`, ['temp:scalar'])
      return bearer(key)
    }),
    refused('a good key for a name that does not exist', (site) => bearer(site.key), '/publish/nobody'),
    refused('a good key for the name in capitals', (site) => bearer(site.key), '/publish/RPI'),
    refused('a good key for the name with a space', (site) => bearer(site.key), '/publish/rpi%20'),
    refused('a good key for a name encoded twice', (site) => bearer(site.key), '/publish/%2572pi'),
    refused('a good key for the name __proto__', (site) => bearer(site.key), '/publish/__proto__'),
    refused('a good key for a name of 10 KB', (site) => bearer(site.key), `/publish/${'a'.repeat(10_000)}`),
    refused('a good key for SQL as a name', (site) => bearer(site.key), "/publish/rpi'%20OR%20'1'='1"),
    refused('no key, and a sensor that does not exist', () => [], '/publish/nobody'),
    refused('a session cookie instead', async (site) => [await sessionCookie(site)]),
    refused('an API token instead', (site) => bearer(site.token)),
    refused(
      'the key in the query string',
      () => [],
      (site) => `/publish/rpi?key=${site.key}`,
    ),
    refused(
      'the key as access_token',
      () => [],
      (site) => `/publish/rpi?access_token=${site.key}`,
    ),
    refused('the key in another header', (site) => [`X-API-Key: ${site.key}`]),
    refused('the key for the proxy', (site) => [`Proxy-Authorization: Bearer ${site.key}`]),
    refused('the key as a cookie', (site) => [`Cookie: key=${site.key}`]),
    {
      name: 'no key, and a body of 1 GB to come',
      answer: 'key-refused',
      send: (site) =>
        site.raw('POST /publish/rpi HTTP/1.1\r\nHost: senio\r\nContent-Length: 1000000000\r\n\r\n'),
    },
    {
      name: 'no key, and broken JSON',
      answer: 'key-refused',
      send: (site) => site.send({ headers: ['Content-Type: application/json'], body: '{' }),
    },
    {
      name: 'two Authorization headers',
      answer: 'malformed-request',
      send: (site) => publish(site, [...bearer(site.key), ...bearer(SOME_KEY)]),
    },
    {
      name: 'the same Authorization header twice',
      answer: 'malformed-request',
      send: (site) => publish(site, [...bearer(site.key), ...bearer(site.key)]),
    },
    {
      name: 'a NUL in the key',
      answer: 'malformed-request',
      send: (site) => publish(site, bearer(`${site.key}\0`)),
    },
    {
      name: 'a key in capitals, which is the same UUID',
      answer: 201,
      kept: aMeasurement,
      send: (site) => publish(site, bearer(site.key.toUpperCase())),
    },
    {
      name: 'the scheme in small letters',
      answer: 201,
      kept: aMeasurement,
      send: (site) => publish(site, [`authorization: bearer ${site.key}`]),
    },
  ],
}
