import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { present } from '../storage/contract/database-under-test.ts'
import { createBucket, s3Server } from '../testing/ceph/test-bucket.ts'
import { FaultProxy } from '../testing/fault-proxy.ts'
import { freePorts } from '../testing/free-ports.ts'
import { type Nginx, NGINX_FAIL_SECONDS, nginxPrograms, startNginx } from '../testing/nginx.ts'
import {
  createTestDatabase,
  type PostgresTestDatabase,
  postgresServerUrl,
} from '../testing/postgres/test-database.ts'
import { jpeg } from '../testing/test-images.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/senio.mjs', import.meta.url))
const EMAIL = 'ada@example.org'
const PASSWORD = 'correct horse battery'
const T = 1_600_000_000_000
const MEASUREMENTS = 40

const [postgres, store, programs] = await Promise.all([postgresServerUrl(), s3Server(), nginxPrograms()])

/** `senio serve` on a port that stays the same when it is started again. */
class Node {
  readonly port: number
  readonly #environment: Readonly<Record<string, string>>
  #child: ChildProcess | null = null

  constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.port = port
    this.#environment = environment
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', String(this.port)], {
      env: { PATH: process.env['PATH'], ...this.#environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#child = child
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    for (;;) {
      if (child.exitCode !== null) throw new Error(`A node ended: ${said}`)
      const isReady = await fetch(`http://127.0.0.1:${this.port}/readyz`).then(
        (response) => response.ok,
        () => false,
      )
      if (isReady) return
      await sleep(50)
    }
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

describe.skipIf(postgres === null || store === null || programs === null)('three nodes behind nginx', () => {
  const nodes: Node[] = []
  let database: PostgresTestDatabase
  let toDatabase: FaultProxy
  let directory: string
  let nginx: Nginx
  let token: string
  let key: string

  beforeAll(async () => {
    database = await createTestDatabase(present(postgres))
    const direct = new URL(database.url)
    toDatabase = await FaultProxy.start({ host: direct.hostname, port: Number(direct.port) })
    const databaseUrl = new URL(database.url)
    databaseUrl.port = String(toDatabase.port)
    const bucket = await createBucket(present(store))
    directory = await mkdtemp(join(tmpdir(), 'senio-nodes-'))
    const [front = 0, ...ports] = await freePorts(4)
    const url = `http://127.0.0.1:${front}`
    for (const port of ports) {
      nodes.push(
        new Node(port, {
          SENIO_HOST: '127.0.0.1',
          SENIO_DATA_DIR: join(directory, String(port)),
          SENIO_DATABASE_URL: databaseUrl.href,
          SENIO_BLOB_URL: bucket.url,
          SENIO_S3_ACCESS_KEY: bucket.credentials.accessKey,
          SENIO_S3_SECRET_KEY: bucket.credentials.secretKey,
          SENIO_PUBLIC_URL: url,
          SENIO_TRUST_PROXY: '127.0.0.1',
          SENIO_ADMIN_EMAIL: EMAIL,
          SENIO_ADMIN_PASSWORD: PASSWORD,
        }),
      )
    }
    await Promise.all(nodes.map((node) => node.start()))
    nginx = await startNginx(
      present(programs),
      front,
      ports.map((port) => `127.0.0.1:${port}`),
    )
    const cookie = await signIn(url)
    token = (await ask<{ token: string }>(url, '/tokens', { cookie, origin: url }, { label: 'test' })).token
    const sensor = { name: 'rpi', fields: [{ name: 'cam1', type: 'image', unit: '' }] }
    key = (await ask<{ key: string }>(url, '/sensors', { authorization: `Bearer ${token}` }, sensor)).key
  }, 120_000)
  afterAll(async () => {
    await nginx.stop()
    await Promise.all(nodes.map((node) => node.stop('SIGTERM')))
    await toDatabase.close()
    await database.drop()
    await rm(directory, { recursive: true })
  })

  /** As a device does: again, until it is stored. @returns how often it was refused */
  const publish = async (index: number, picture: Uint8Array): Promise<number> => {
    for (let refused = 0; refused < 60; refused++) {
      const response = await fetch(`${nginx.url}/publish/rpi?field=cam1&timestamp=${T + index}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
        body: picture,
      })
      await response.arrayBuffer()
      if (response.status === 201) return refused
      expect(response.status).toBe(503)
      await sleep(100)
    }
    throw new TypeError('It was refused for too long.')
  }

  test('lose and double nothing while one is killed, one is replaced, and all are restarted', async () => {
    const pictures = await Promise.all(
      Array.from({ length: MEASUREMENTS }, (_, index) => jpeg(32, 24, index + 1)),
    )
    const queue = [...pictures.entries()]
    const device = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        await publish(...next)
        await sleep(30)
      }
    }
    const disturb = async (): Promise<void> => {
      const [first, second, third] = nodes
      await present(first).stop('SIGKILL')
      await present(second).stop('SIGTERM')
      await Promise.all([present(first).start(), present(second).start()])
      await present(third).stop('SIGTERM')
      await present(third).start()
    }
    await Promise.all([device(), device(), device(), device(), disturb()])

    const found = await list(nginx.url, token)
    const expected = pictures.map((picture, index) => ({
      timestamp: T + index,
      data: { cam1: createHash('sha1').update(picture).digest('hex') },
      tags: null,
    }))
    expect(found).toStrictEqual(expected)
    for (const { data } of expected.slice(0, 5)) {
      const response = await fetch(`${nginx.url}/api/v1/sensors/rpi/images/${data.cam1}?size=original`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(createHash('sha1').update(bytes).digest('hex')).toBe(data.cam1)
    }
  }, 120_000)

  test('answer everything while they are restarted one after the other', async () => {
    const authorization = `Bearer ${token}`
    const sensor = { name: 'steady', fields: [{ name: 'temp', type: 'scalar', unit: '' }] }
    const steady = (await ask<{ key: string }>(nginx.url, '/sensors', { authorization }, sensor)).key
    const refusals: string[] = []
    let next = 0
    const restarts = { areOver: false }
    const device = async (): Promise<void> => {
      while (!restarts.areOver) {
        const stored = await fetch(`${nginx.url}/publish/steady`, {
          method: 'POST',
          headers: { authorization: `Bearer ${steady}`, 'content-type': 'application/json' },
          body: JSON.stringify({ timestamp: T + next++, data: { temp: 1 } }),
        })
        const read = await fetch(`${nginx.url}/api/v1/sensors/steady/latest`, { headers: { authorization } })
        for (const answer of [stored, read]) {
          const said = await answer.text()
          if (!answer.ok) refusals.push(`${answer.status} ${said}`)
        }
        await sleep(10)
      }
    }
    const restart = async (): Promise<void> => {
      for (const node of nodes) {
        // Until nginx asks those again that were restarted before, in the test before this one, too. It takes each of them
        // back with one request alone, and a sensor's requests go to one of them only.
        await sleep(NGINX_FAIL_SECONDS * 1500)
        for (let n = 0; n < 50; n++) {
          const stranger = await fetch(`${nginx.url}/publish/stranger-${n}`, { method: 'POST' })
          await stranger.arrayBuffer()
          expect(stranger.status).toBe(403)
        }
        await node.stop('SIGTERM')
        await node.start()
      }
      restarts.areOver = true
    }
    await Promise.all([device(), device(), device(), restart()])
    expect(refusals).toStrictEqual([])
    expect(await list(nginx.url, token, 'steady')).toHaveLength(Math.min(next, 1000))
  }, 120_000)

  test('tell a listener behind nginx of what any of them stores', async () => {
    const listener = new AbortController()
    const heard: number[] = []
    const listen = async (path: string): Promise<void> => {
      const response = await fetch(`${nginx.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: listener.signal,
      })
      let text = ''
      for await (const chunk of response.body ?? []) {
        text += new TextDecoder().decode(chunk)
        heard.push(...[...text.matchAll(/"timestamp":(\d+)/g)].map(([, time]) => Number(time)))
        text = text.slice(text.lastIndexOf('\n\n') + 2)
      }
    }
    const listening = Promise.allSettled([listen('/sensors/rpi/live'), listen('/live?sensors=rpi')])
    const picture = await jpeg(32, 24, 1)
    // The listener connects meanwhile.
    for (let n = 0; heard.length < 12 && n < 200; n++) {
      await publish(1_000_000 + n, picture)
      await sleep(20)
    }
    listener.abort()
    await listening
    const times = heard.toSorted((a, b) => a - b)
    // Each listener hears each of them, from its first on.
    const twice = times.filter((time, index) => times[index + 1] === time)
    expect(twice.length).toBeGreaterThanOrEqual(5)
    expect(twice.at(-1)).toBe(present(twice[0]) + twice.length - 1)
  }, 60_000)

  test('answer 503 with Retry-After while none of them reaches the database, and go on by themselves', async () => {
    const authorization = `Bearer ${token}`
    const sensor = { name: 'patient', fields: [{ name: 'temp', type: 'scalar', unit: '' }] }
    const patient = (await ask<{ key: string }>(nginx.url, '/sensors', { authorization }, sensor)).key
    let next = 0
    const round = async (): Promise<readonly Response[]> => {
      const publish = (query: string): Promise<Response> =>
        fetch(`${nginx.url}/publish/patient${query}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${patient}`, 'content-type': 'application/json' },
          body: JSON.stringify({ ...(query === '' ? { timestamp: T + next++ } : {}), data: { temp: 1 } }),
        })
      const latest = fetch(`${nginx.url}/api/v1/sensors/patient/latest`, { headers: { authorization } })
      return Promise.all([publish(''), publish('?clock=server'), latest])
    }
    await toDatabase.begin({ kind: 'refuse' })
    for (let n = 0; n < 15; n++) {
      for (const response of await round()) {
        expect(response.status).toBe(503)
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
        expect(await response.json()).toMatchObject({ status: 503, code: 'storage-failing' })
      }
    }
    await toDatabase.heal()
    await expect
      .poll(async () => (await round()).map(({ status }) => status), { timeout: 15_000 })
      .toStrictEqual([201, 201, 200])
  }, 60_000)

  test('refuse what is too large at nginx or behind it, and hide the metrics', async () => {
    const response = await fetch(`${nginx.url}/publish/rpi?field=cam1&timestamp=1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
      body: new Uint8Array(25 * 1024 * 1024),
    })
    expect(response.status).toBe(413)
    expect((await fetch(`${nginx.url}/metrics`)).status).toBe(404)
  })
})

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  })
  expect(response.status).toBeLessThan(300)
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function ask<Answer>(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: object,
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as Answer
  expect(response.status).toBe(201)
  return answer
}

async function list(url: string, token: string, sensor = 'rpi'): Promise<readonly unknown[]> {
  const response = await fetch(`${url}/api/v1/sensors/${sensor}/measurements?limit=1000`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await response.json()) as { readonly measurements: readonly unknown[] }).measurements
}
