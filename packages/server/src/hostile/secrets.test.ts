import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sha1 } from '../testing/publish-site.ts'
import { RawConnection } from '../testing/raw-connection.ts'
import { environmentOf, storageProfiles } from '../testing/storage-profiles.ts'
import { jpeg } from '../testing/test-images.ts'
import { Hearing } from './hearing.ts'
import { formsOf } from './secret-forms.ts'
import { runSenio, SenioProcess } from './senio-process.ts'

const EMAIL = 'ada@example.org'
const PASSWORD = 'canary-password-7f3a91'
const NEW_PASSWORD = 'canary-new-password-51bc'
const WRONG_PASSWORD = 'canary-wrong-password-90de'
const T = 1_650_000_000_000

/** Everything that a server told on a day when much was tried, and the secrets that it was told or made. */
describe.each(storageProfiles)('a secret of a server on $name', (profile) => {
  let directory: string
  let dataDir: string
  let environment: Readonly<Record<string, string>>
  let hearing: Hearing
  /** Where an original is to be fetched. */
  let original: { readonly status: number; readonly headers: Headers }
  const secrets: Record<string, string> = { PASSWORD, NEW_PASSWORD, WRONG_PASSWORD }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'senio-secrets-'))
    dataDir = join(directory, 'data')
    environment = environmentOf(await profile.prepare())
    const { SENIO_DATABASE_URL: database, SENIO_S3_SECRET_KEY: s3 } = environment
    if (database !== undefined) secrets['database password'] = new URL(database).password
    if (s3 !== undefined) secrets['S3 secret'] = s3
    const server = await SenioProcess.start(['--data-dir', dataDir, '--log-level', 'debug'], {
      ...environment,
      ...(s3 === undefined ? {} : { SENIO_BLOB_REDIRECT: '60' }),
    })
    hearing = new Hearing(server.url)
    try {
      await setUp(server)
      await useIt(server)
    } finally {
      await server.stop()
    }
    // The link is told once, to whoever starts the server.
    hearing.note('the log', server.said.replace(/ {2}http\S+#token=\S+\n/, ''))
    await keep()
  }, 600_000)
  afterAll(() => rm(directory, { recursive: true, force: true }))

  const run = (args: readonly string[], stdin = '') =>
    runSenio([...args, '--data-dir', dataDir], environment, stdin)
  const made = async (...args: readonly string[]): Promise<Record<string, string>> =>
    JSON.parse((await run([...args, '--json'])).stdout) as Record<string, string>

  async function setUp(server: SenioProcess): Promise<void> {
    await vi.waitUntil(() => server.said.includes('Stop it with'), { timeout: 30_000 })
    const token = /#token=(\S+)/.exec(server.said)?.[1] ?? ''
    secrets['set-up link'] = token
    await hearing.hear('GET', '/api/v1/setup')
    await hearing.hear('POST', '/api/v1/setup', {}, { token, email: EMAIL, password: 'short' })
    const first = await hearing.hear('POST', '/api/v1/setup', {}, { token, email: EMAIL, password: PASSWORD })
    expect(first.status).toBe(201)
    await hearing.hear('POST', '/api/v1/setup', {}, { token, email: EMAIL, password: PASSWORD })
  }

  async function useIt(server: SenioProcess): Promise<void> {
    const { token = '' } = await made('token', 'create', '--owner', EMAIL)
    const fields = ['--field', 'temp:scalar', '--field', 'cam1:image']
    const { key = '' } = await made('sensor', 'create', 'rpi', '--owner', EMAIL, ...fields)
    const bearer = { authorization: `Bearer ${token}` }
    const device = { authorization: `Bearer ${key}` }
    const more = await hearing.ask('POST', '/api/v1/sensors/rpi/keys', bearer, {})
    const signedIn = await hearing.ask('POST', '/api/v1/session', {}, { email: EMAIL, password: PASSWORD })
    const session = /senio_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? ''
    const cookie = { cookie: `senio_session=${session}` }
    const second = (JSON.parse(more.text) as { readonly key: string }).key
    Object.assign(secrets, { token, key, second, session })
    hearing.note('the body of a sign-in', signedIn.text)

    await tryPasswords(bearer, cookie)
    await publish(device, key)
    for (const path of [
      '/me',
      '/accounts',
      '/tokens',
      '/sessions',
      '/sensors',
      '/sensors/rpi',
      '/sensors/rpi/keys',
      '/sensors/rpi/measurements',
      '/views',
      '/openapi.json',
    ]) {
      await hearing.hear('GET', `/api/v1${path}`, bearer)
      await hearing.hear('GET', `/api/v1${path}`, cookie)
    }
    await hearing.hear('GET', '/api/v1/me', device)
    await hearing.hear('GET', `/api/v1/sensors?token=${token}`, bearer)
    await hearing.hear('GET', '/api/v1/sensors/rpi?limit=x', bearer)
    await hearing.listen('/api/v1/sensors/rpi/live', bearer, () =>
      hearing.hear('POST', '/publish/rpi', device, { timestamp: T + 5, data: { temp: 3 } }),
    )
    const picture = await jpeg(40, 30, 1)
    for (const bytes of [picture.subarray(0, 500), picture]) {
      await fetch(`${server.url}/publish/rpi?field=cam1&timestamp=${T}`, {
        method: 'POST',
        headers: { ...device, 'content-type': 'image/jpeg' },
        body: new Uint8Array(bytes),
      })
    }
    original = await hearing.hear('GET', `/api/v1/sensors/rpi/images/${sha1(picture)}?size=original`, bearer)
    for (const request of [
      `POST /publish/rpi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Length: -1\r\n\r\n`,
      `POST /publish/rpi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /${key} HTTP/9.9\r\n\r\n`,
    ]) {
      hearing.note('a raw answer', JSON.stringify(await RawConnection.exchange(server.url, request)))
    }
    await hearing.hear('GET', '/metrics')
    await hearing.hear('GET', '/readyz')
    await hearing.watch(server)
  }

  async function tryPasswords(bearer: Record<string, string>, cookie: Record<string, string>): Promise<void> {
    const hear = hearing.hear.bind(hearing)
    await hear('POST', '/api/v1/session', {}, { email: EMAIL, password: WRONG_PASSWORD })
    await hear('POST', '/api/v1/session', {}, { email: WRONG_PASSWORD, password: 5 })
    await hear('POST', '/api/v1/session', {}, `{"email":"${EMAIL}","password":"${WRONG_PASSWORD}`)
    await hear('POST', '/api/v1/accounts', bearer, { email: EMAIL, password: PASSWORD })
    await hear('POST', '/api/v1/setup', {}, { token: WRONG_PASSWORD, email: EMAIL, password: PASSWORD })
    await hear('PATCH', '/api/v1/me', cookie, { currentPassword: WRONG_PASSWORD, newPassword: NEW_PASSWORD })
    await hear('PATCH', '/api/v1/me', cookie, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD })
  }

  async function publish(device: Record<string, string>, key: string): Promise<void> {
    const measured = (temp: unknown): object => ({ timestamp: T, data: { temp } })
    await hearing.hear('GET', '/publish/rpi', device)
    await hearing.hear('POST', '/publish/rpi', device, measured(1))
    await hearing.hear('POST', '/publish/rpi', device, measured('x'))
    await hearing.hear('POST', '/publish/rpi', device, '{')
    await hearing.hear('POST', `/publish/rpi?key=${key}`, {}, measured(1))
    await hearing.hear('POST', `/publish/rpi?clock=${key}`, device, measured(1))
    await hearing.hear('POST', `/publish/rpi/${key}`, {}, measured(1))
    await hearing.hear('POST', `/publish/${key}`, device, measured(1))
    await hearing.hear('PUT', '/publish/rpi', device, measured(1))
  }

  /** What commands say and what they leave behind. */
  async function keep(): Promise<void> {
    const { SENIO_DATABASE_URL: database, SENIO_BLOB_URL: bucket } = environment
    const kept = join(directory, 'kept')
    const nobody = ['token', 'create', '--owner', WRONG_PASSWORD.replace('canary', 'x'), '--json']
    const picturesOnly = database === undefined ? [] : ['--pictures-only']
    for (const [name, args] of Object.entries({
      'user list': ['user', 'list', '--json'],
      'sensor list': ['sensor', 'list', '--json'],
      'sensor show': ['sensor', 'show', 'rpi', '--json'],
      'key list': ['key', 'list', 'rpi', '--json'],
      'token list': ['token', 'list', '--owner', EMAIL, '--json'],
      check: ['check', '--json'],
      'token create, for nobody': nobody,
      'backup --folder': ['backup', join(kept, 'folder'), '--folder', ...picturesOnly],
      backup: ['backup', join(kept, 'backup.tar')],
    })) {
      hearing.note(`senio ${name}`, (await run(args)).said)
    }
    const password = await run(['user', 'password', EMAIL, '--password-stdin'], NEW_PASSWORD)
    hearing.note('senio user password', password.said)
    const from = database === undefined ? [dataDir] : [withoutPassword(database), bucket ?? dataDir]
    const copy = ['copy', ...from.flatMap((part) => ['--from', part]), '--to', join(kept, 'copy')]
    const keys = {
      PGPASSWORD: secrets['database password'] ?? '',
      SENIO_FROM_S3_ACCESS_KEY: environment['SENIO_S3_ACCESS_KEY'] ?? '',
      SENIO_FROM_S3_SECRET_KEY: environment['SENIO_S3_SECRET_KEY'] ?? '',
    }
    hearing.note('senio copy, quietly', (await runSenio([...copy, '--json'], keys)).said)
    hearing.note('senio copy, once more', (await runSenio(copy, keys)).said)
    if (database !== undefined) {
      const wrong = { ...keys, PGPASSWORD: WRONG_PASSWORD, SENIO_FROM_S3_SECRET_KEY: WRONG_PASSWORD }
      hearing.note('senio copy, with wrong keys', (await runSenio(copy, wrong)).said)
      await hearing.readDatabase(database)
    }
    await hearing.read(kept, 'what was kept')
    await hearing.read(dataDir, 'the data directory')
  }

  it('was made or told, and there was much where it could have been', () => {
    const { told } = hearing
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 16)).toEqual([])
    expect(Object.keys(told).length).toBeGreaterThan(80)
    const unexplained = Object.entries(told).filter(([, text]) => /unknown command|unknown option/.test(text))
    expect(unexplained).toEqual([])
    expect(told['the log']).toMatch(/running at[^]*signed in[^]*sign-in refused/)
    expect(told['senio key list']).toContain('"keys"')
    expect(told['senio copy, quietly']).toContain('"ok":true')
    expect(told['the file manifest.json of what was kept']).toContain('senio-backup-folder')
    expect(told['the events of /api/v1/sensors/rpi/live']).toContain('measurement')
  })

  it('is in no log, answer, event, metric, list, process, file, table or backup', () => {
    const found = Object.entries(hearing.told).flatMap(([where, text]) =>
      Object.entries(secrets)
        .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
        .map(([name]) => `${name} in ${where}`),
    )
    expect(found).toEqual([])
  })

  it("is not in a link to the bucket, which holds the key's id", () => {
    const { SENIO_S3_ACCESS_KEY: id } = environment
    expect(original.status).toBe(id === undefined ? 200 : 302)
    if (id === undefined) return
    const link = new URL(original.headers.get('location') ?? '')
    expect(link.searchParams.get('X-Amz-Credential')).toMatch(new RegExp(`^${id}/`))
    expect(link.searchParams.get('X-Amz-Expires')).toBe('60')
    expect(link.searchParams.has('X-Amz-Security-Token')).toBe(false)
  })
})

function withoutPassword(url: string): string {
  const place = new URL(url)
  place.password = ''
  return place.href
}
