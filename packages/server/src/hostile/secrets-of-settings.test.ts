import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../testing/test-images.ts'
import { formsOf } from './secret-forms.ts'
import { runSenio, SenioProcess } from './senio-process.ts'

const EMAIL = 'ada@example.org'
const PASSWORD = 'canary-password-7f3a91'

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
    [
      'links that would hold a session token',
      {
        SENIO_BLOB_URL: 's3://bucket?endpoint=http://127.0.0.1:1&region=x',
        SENIO_S3_ACCESS_KEY: 'an-id',
        SENIO_S3_SECRET_KEY: canary,
        SENIO_S3_SESSION_TOKEN: canary,
        SENIO_BLOB_REDIRECT: '60',
      },
    ],
    ['a time that is none, beside a password', { SENIO_ADMIN_PASSWORD: canary, SENIO_BODY_TIMEOUT: 'x' }],
  ])('is not told with an error: %s', { timeout: 120_000 }, async (_, environment) => {
    const args = ['serve', '--port', '0', '--log-level', 'debug', '--data-dir', join(directory, 'errors')]
    const { said } = await runSenio(args, environment)
    expect(said).not.toBe('')
    expectNoSecret(said)
  })

  it('is not told while a bucket is away', { timeout: 120_000 }, () =>
    expectNothingTold(join(directory, 'away'), 'http://127.0.0.1:1', 503),
  )

  it('is not told by a bucket that repeats what it was told', { timeout: 120_000 }, async () => {
    const store = createServer(({ headers, method, url }, response) => {
      const all = `${method} ${url} ${JSON.stringify(headers)} ${canary}`
      response.writeHead(method === 'POST' ? 200 : 403, {
        'content-type': 'application/xml',
        'x-amz-request-id': 'tx-1',
      })
      const token = String(headers['x-amz-security-token'])
      response.end(`<Error><Code>${token}</Code><Message>${all}</Message><Token-0>${token}</Token-0></Error>`)
    })
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
    const { port } = store.address() as AddressInfo
    try {
      await expectNothingTold(join(directory, 'repeats'), `http://127.0.0.1:${port}`, 503)
    } finally {
      store.closeAllConnections()
      store.close()
    }
  })

  /** A server whose pictures go to such a bucket, which doesn't take them. */
  async function expectNothingTold(data: string, endpoint: string, status: number): Promise<void> {
    const environment = {
      SENIO_BLOB_URL: `s3://bucket?endpoint=${endpoint}&region=x`,
      SENIO_S3_ACCESS_KEY: 'an-id',
      SENIO_S3_SECRET_KEY: canary,
      SENIO_S3_SESSION_TOKEN: `${canary}-session-token`,
    }
    const dataDir = ['--data-dir', data]
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
      expect(response.status).toBe(status)
      expectNoSecret(await response.text())
      expectNoSecret(await (await fetch(`${server.url}/readyz`)).text())
      expectNoSecret(await (await fetch(`${server.url}/metrics`)).text())
    } finally {
      await server.stop()
    }
    expectNoSecret(server.said)
    const check = await runSenio(['check', ...dataDir], environment)
    expectNoSecret(check.said)
  }
})
