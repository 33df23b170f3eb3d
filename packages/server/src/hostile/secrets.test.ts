import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RawConnection } from '../testing/raw-connection.ts'
import { jpeg } from '../testing/test-images.ts'
import { runSenio, SenioProcess } from './senio-process.ts'

const EMAIL = 'ada@example.org'
const PASSWORD = 'canary-password-7f3a91'
const NEW_PASSWORD = 'canary-new-password-51bc'
const WRONG_PASSWORD = 'canary-wrong-password-90de'

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: string
}

/** Everything that a server told on a day when much was tried, and the secrets that it was told or made. */
describe('a secret', () => {
  let directory: string
  let dataDir: string
  const secrets: Record<string, string> = { PASSWORD, NEW_PASSWORD, WRONG_PASSWORD }
  /** By where it was found. */
  const told: Record<string, string> = {}

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'senio-secrets-'))
    dataDir = join(directory, 'data')
    const server = await SenioProcess.start(['--data-dir', dataDir, '--log-level', 'debug'], {
      SENIO_ADMIN_EMAIL: EMAIL,
      SENIO_ADMIN_PASSWORD: PASSWORD,
    })
    try {
      await useIt(server)
    } finally {
      await server.stop()
    }
    told['the log'] = server.said
  }, 120_000)
  afterAll(() => rm(directory, { recursive: true, force: true }))

  async function useIt({ url }: SenioProcess): Promise<void> {
    const ask = async (
      method: string,
      path: string,
      headers: Record<string, string> = {},
      body?: unknown,
    ): Promise<Answer> => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return {
        status: response.status,
        text: await response.text(),
        headers: JSON.stringify([...response.headers]),
      }
    }
    /** Asks, and keeps what was told. */
    const hear = async (...request: Parameters<typeof ask>): Promise<Answer> => {
      const answer = await ask(...request)
      told[`the answer to ${request[0]} ${request[1].replace(/[?].*/, '')} (${Object.keys(told).length})`] =
        answer.text + answer.headers
      return answer
    }

    const owner = ['--data-dir', dataDir]
    const made = async (...args: string[]): Promise<Record<string, string>> =>
      JSON.parse((await runSenio([...args, ...owner, '--json'])).stdout) as Record<string, string>
    const { token = '' } = await made('token', 'create', '--owner', EMAIL)
    const { key = '' } = await made(
      'sensor',
      'create',
      'rpi',
      '--owner',
      EMAIL,
      '--field',
      'temp:scalar',
      '--field',
      'cam1:image',
    )
    const bearer = { authorization: `Bearer ${token}` }
    const device = { authorization: `Bearer ${key}` }
    const second = JSON.parse((await ask('POST', '/api/v1/sensors/rpi/keys', bearer, {})).text) as {
      key: string
    }
    const signedIn = await ask('POST', '/api/v1/session', {}, { email: EMAIL, password: PASSWORD })
    const session = /senio_session=([^;]+)/.exec(signedIn.headers)?.[1] ?? ''
    const cookie = { cookie: `senio_session=${session}` }
    Object.assign(secrets, { token, key, second: second.key, session })
    told['the body of a sign-in'] = signedIn.text

    await hear('POST', '/api/v1/session', {}, { email: EMAIL, password: WRONG_PASSWORD })
    await hear('POST', '/api/v1/session', {}, { email: WRONG_PASSWORD, password: 5 })
    await hear('POST', '/api/v1/session', {}, `{"email":"${EMAIL}","password":"${WRONG_PASSWORD}`)
    await hear('POST', '/api/v1/accounts', bearer, { email: EMAIL, password: PASSWORD })
    await hear('POST', '/api/v1/setup', {}, { token: WRONG_PASSWORD, email: EMAIL, password: PASSWORD })
    await hear('PATCH', '/api/v1/me', cookie, { currentPassword: WRONG_PASSWORD, newPassword: NEW_PASSWORD })
    await hear('PATCH', '/api/v1/me', cookie, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD })
    const measured = (temp: unknown): object => ({ timestamp: 1_650_000_000_000, data: { temp } })
    await hear('GET', '/publish/rpi', device)
    await hear('POST', '/publish/rpi', device, measured(1))
    await hear('POST', '/publish/rpi', device, measured('x'))
    await hear('POST', '/publish/rpi', device, '{')
    await hear('POST', `/publish/rpi?key=${key}`, {}, measured(1))
    await hear('POST', `/publish/rpi?clock=${key}`, device, measured(1))
    await hear('POST', `/publish/rpi/${key}`, {}, measured(1))
    await hear('POST', `/publish/${key}`, device, measured(1))
    await hear('PUT', '/publish/rpi', device, measured(1))
    await hear('GET', '/api/v1/me', device)
    await hear('GET', `/api/v1/sensors?token=${token}`, bearer)
    await hear('GET', '/api/v1/sensors/rpi?limit=x', bearer)
    for (const path of [
      '/me',
      '/accounts',
      '/tokens',
      '/sensors',
      '/sensors/rpi',
      '/sensors/rpi/keys',
      '/sensors/rpi/measurements',
      '/openapi.json',
    ]) {
      await hear('GET', `/api/v1${path}`, bearer)
      await hear('GET', `/api/v1${path}`, cookie)
    }
    const picture = await jpeg(40, 30, 1)
    await fetch(`${url}/publish/rpi?field=cam1&timestamp=1650000000000`, {
      method: 'POST',
      headers: { ...device, 'content-type': 'image/jpeg' },
      body: new Uint8Array(picture.subarray(0, 500)),
    })
    for (const request of [
      `POST /publish/rpi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Length: -1\r\n\r\n`,
      `POST /publish/rpi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /${key} HTTP/9.9\r\n\r\n`,
    ]) {
      told[`a raw answer (${Object.keys(told).length})`] = JSON.stringify(
        await RawConnection.exchange(url, request),
      )
    }
    await hear('GET', '/metrics')
    await hear('GET', '/readyz')

    for (const [name, args] of Object.entries({
      'user list': ['user', 'list'],
      'sensor list': ['sensor', 'list'],
      'sensor show': ['sensor', 'show', 'rpi'],
      'key list': ['key', 'list', 'rpi'],
      'token list': ['token', 'list', '--owner', EMAIL],
      check: ['check'],
    })) {
      told[`senio ${name}`] = (await runSenio([...args, ...owner, '--json'])).said
    }
    told['senio token create, for nobody'] = (
      await runSenio([
        'token',
        'create',
        '--owner',
        WRONG_PASSWORD.replace('canary', 'x'),
        ...owner,
        '--json',
      ])
    ).said
    told['senio user password'] = (
      await runSenio(['user', 'password', EMAIL, '--password-stdin', ...owner], {}, NEW_PASSWORD)
    ).said
    const backup = join(directory, 'backup.tar')
    told['senio backup'] = (await runSenio(['backup', backup, ...owner])).said
    told['the backup, database and all'] = (await readFile(backup)).toString('latin1')
    for (const file of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      told[`the file ${file.name}`] = (await readFile(join(file.parentPath, file.name))).toString('latin1')
    }
  }

  it('was made or told, and there was much where it could have been', () => {
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 16)).toEqual([])
    expect(Object.keys(told).length).toBeGreaterThan(50)
    const unexplained = Object.entries(told).filter(([, text]) => /unknown command|unknown option/.test(text))
    expect(unexplained).toEqual([])
    expect(told['the log']).toMatch(/running at[^]*signed in[^]*sign-in refused/)
    expect(told['senio key list']).toContain('"keys"')
  })

  it('is in no log, answer, metric, list, file or backup', () => {
    const found = Object.entries(told).flatMap(([where, text]) =>
      Object.entries(secrets)
        .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
        .map(([name]) => `${name} in ${where}`),
    )
    expect(found).toEqual([])
  })
})

describe('the secret of a setting', () => {
  const canary = 'canary-secret-3be07c'
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'senio-secrets-'))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  function expectNoSecret(text: string): void {
    expect(formsOf(canary).filter((form) => text.includes(form))).toEqual([])
  }

  it.each<[string, Record<string, string>]>([
    [
      'a database that is not there',
      {
        SENIO_DATABASE_URL: `postgres://senio:${canary}@127.0.0.1:1/senio`,
        SENIO_DATABASE_CONNECT_TIMEOUT: '2',
      },
    ],
    ['a database URL of another kind', { SENIO_DATABASE_URL: `mysql://senio:${canary}@127.0.0.1/senio` }],
    ['a database URL that is none', { SENIO_DATABASE_URL: `postgres//${canary}` }],
    ['a bucket URL of another kind', { SENIO_BLOB_URL: `https://${canary}@127.0.0.1/bucket` }],
    [
      'a bucket URL with keys in it',
      { SENIO_BLOB_URL: `s3://${canary}:${canary}@bucket?endpoint=http://127.0.0.1:1&region=x` },
    ],
    ['a time that is none, beside a password', { SENIO_ADMIN_PASSWORD: canary, SENIO_BODY_TIMEOUT: 'x' }],
  ])('is not told with an error: %s', { timeout: 120_000 }, async (_, environment) => {
    const args = ['serve', '--port', '0', '--log-level', 'debug', '--data-dir', join(directory, 'errors')]
    const { said } = await runSenio(args, environment)
    expect(said).not.toBe('')
    expectNoSecret(said)
  })

  it('is not told while a bucket is away', { timeout: 120_000 }, async () => {
    const environment = {
      SENIO_BLOB_URL: 's3://bucket?endpoint=http://127.0.0.1:1&region=x',
      SENIO_S3_ACCESS_KEY: `${canary}-id`,
      SENIO_S3_SECRET_KEY: canary,
    }
    const dataDir = ['--data-dir', join(directory, 'data')]
    const user = ['user', 'create', '--email', EMAIL, '--password-stdin', ...dataDir]
    expectNoSecret((await runSenio(user, {}, PASSWORD)).said)
    const sensor = [
      'sensor',
      'create',
      'rpi',
      '--owner',
      EMAIL,
      '--field',
      'cam1:image',
      '--json',
      ...dataDir,
    ]
    const { key } = JSON.parse((await runSenio(sensor)).stdout) as { readonly key: string }
    const server = await SenioProcess.start([...dataDir, '--log-level', 'debug'], environment)
    try {
      const response = await fetch(`${server.url}/publish/rpi?field=cam1&clock=server`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
        body: new Uint8Array(await jpeg(40, 30, 1)),
      })
      expect(response.status).toBe(503)
      expectNoSecret(await response.text())
      expectNoSecret(await (await fetch(`${server.url}/readyz`)).text())
    } finally {
      await server.stop()
    }
    expectNoSecret(server.said)
  })
})

/** As it is, and as it might be written down elsewhere. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [secret, secret.toUpperCase(), secret.replaceAll('-', ''), base64, encodeURIComponent(secret)]
}
