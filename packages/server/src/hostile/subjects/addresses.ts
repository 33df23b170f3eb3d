import { expect } from 'vitest'
import type { ErrorCode } from '@senio/protocol'
import type { PublishSite } from '../../testing/publish-site.ts'
import { aMeasurement, type HostileCase, type HostileSubject } from '../hostile-case.ts'

const JSON_TYPE = 'Content-Type: application/json'

function good(site: PublishSite): string {
  return JSON.stringify({ timestamp: site.nextTime(), data: { temp: 1 } })
}

/** A good measurement to another address. */
function to(name: string, path: string, answer: ErrorCode | number): HostileCase {
  return {
    name,
    answer,
    send: (site) =>
      site.send({ path, headers: [JSON_TYPE, `Authorization: Bearer ${site.key}`], body: good(site) }),
    ...(answer === 201 ? { kept: aMeasurement } : {}),
  }
}

function read(name: string, path: string, answer: ErrorCode | number): HostileCase {
  return {
    name,
    answer,
    send: (site) => site.send({ method: 'GET', path, headers: [`Authorization: Bearer ${site.token}`] }),
  }
}

function method(name: string, answer: ErrorCode | number): HostileCase {
  return {
    name: `the method ${name}`,
    answer,
    send: (site) => site.send({ method: name }),
    ...(answer === 'method-not-allowed'
      ? { also: ({ headers }) => expect(headers['allow']).toBe('GET, HEAD, POST') }
      : {}),
  }
}

/** A sensor whose name is not ASCII, reached under one spelling. */
function spelled(name: string, path: string): HostileCase {
  let key = ''
  return {
    name,
    answer: 200,
    async prepare(site) {
      const { services } = site.server.installation
      const { items } = await services.sensors.list(site.owner, {
        search: 'Gewächshaus',
        limit: 1,
        cursor: null,
      })
      if (items.length === 0) await site.server.sensor('Gewächshaus', ['temp:scalar'], site.owner)
      key = (await services.deviceKeys.create(site.owner, 'Gewächshaus', '')).key
    },
    send: (site) => site.send({ method: 'GET', path, headers: [`Authorization: Bearer ${key}`] }),
    also: ({ json }) => expect(json).toMatchObject({ name: 'Gewächshaus' }),
  }
}

export const addresses: HostileSubject = {
  title: 'An address',
  introduction:
    'Paths are decoded once and never lead to a file. A path that is no UTF-8 or holds a separator is refused before the key is looked at.',
  cases: [
    to('dots and a slash, encoded', '/publish/%2e%2e%2f', 'malformed-url'),
    to('dots, encoded', '/publish/%2e%2e', 'malformed-url'),
    to('a slash, encoded', '/publish/a%2Fb', 'malformed-url'),
    to('a backslash, encoded', '/publish/a%5Cb', 'malformed-url'),
    to('a NUL', '/publish/%00', 'malformed-url'),
    to('a NUL behind the name', '/publish/rpi%00', 'malformed-url'),
    to('a line break', '/publish/rpi%0d%0aX-Injected:%20yes', 'malformed-url'),
    to('a cut UTF-8 sequence', '/publish/%E0%A4%A', 'malformed-url'),
    to('an overlong UTF-8 sequence', '/publish/%C0%AE%C0%AE', 'malformed-url'),
    to('half a surrogate pair as UTF-8', '/publish/%ED%A0%80', 'malformed-url'),
    to('a percent sign alone', '/publish/%', 'malformed-url'),
    to('an escape that is no hex', '/publish/%zz', 'malformed-url'),
    to('a broken escape in the query', '/publish/rpi?field=%E0%A4%A', 'malformed-url'),
    to('more behind the name', '/publish/rpi/extra', 'not-found'),
    to('a slash behind the name', '/publish/rpi/', 'not-found'),
    to('two slashes in front', '//publish/rpi', 'not-found'),
    to('two slashes in between', '/publish//rpi', 'not-found'),
    to('no name', '/publish/', 'key-refused'),
    to('steps upwards, as they are', '/publish/../../../etc/passwd', 'not-found'),
    to('another address behind steps upwards', '/publish/rpi/../rpi', 'not-found'),
    to('PUBLISH in capitals', '/PUBLISH/rpi', 'not-found'),
    to('an unknown parameter, which is ignored', '/publish/rpi?utm_source=x&__proto__=y', 201),
    to('a fragment', '/publish/rpi#x', 201),
    to('a whole URL, of which the path counts', 'http://evil.example/publish/rpi', 201),
    spelled('a composed name', `/publish/${encodeURIComponent('Gewächshaus'.normalize('NFC'))}`),
    spelled('a decomposed name', `/publish/${encodeURIComponent('Gewächshaus'.normalize('NFD'))}`),
    read('steps upwards in the API', '/api/v1/sensors/../../../../etc/passwd', 'not-found'),
    read('steps upwards, encoded, in the API', '/api/v1/sensors/%2e%2e%2f%2e%2e%2fsenio.db', 'not-found'),
    read('steps upwards in the web app', '/assets/../../../package.json', 'not-found'),
    read('steps upwards, encoded, in the web app', '/assets/..%2f..%2f..%2fpackage.json', 'not-found'),
    read('a backslash in the web app', '/assets/..%5c..%5cpackage.json', 'not-found'),
    read('the database', '/senio.db', 'not-found'),
    read('a dot file', '/.git/config', 'not-found'),
    read('a broken escape in the API', '/api/v1/sensors/%C3%28', 'malformed-url'),
    read('nothing there', '/api/v1/nothing', 'not-found'),
    method('PUT', 'method-not-allowed'),
    method('PATCH', 'method-not-allowed'),
    method('DELETE', 'method-not-allowed'),
    method('TRACE', 'method-not-allowed'),
    method('OPTIONS', 'method-not-allowed'),
    method('PROPFIND', 'method-not-allowed'),
    method('get', 'malformed-request'),
    method('NONSENSE', 'malformed-request'),
    method('HEAD', 200),
  ],
}
