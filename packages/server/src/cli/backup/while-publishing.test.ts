import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timestampMs } from '@senio/protocol'
import { afterEach, expect, test } from 'vitest'
import { apiClient } from '../../testing/api-client.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { runCli } from '../program.ts'

const T = 1_600_000_000_000
/** Up to here everything is there before the backup begins. */
const SETTLED = T + 1_000_000
const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** Every question that the REST API answers about what was measured until `SETTLED`. */
const RANGE = `from=${T}&to=${SETTLED}`
const QUESTIONS = [
  '/me',
  '/sensors',
  '/sensors/rpi',
  '/sensors/rpi/keys',
  `/sensors/rpi/series?fields=temp&${RANGE}&points=10000`,
  `/sensors/rpi/series?fields=temp,open,place&${RANGE}&points=20`,
  `/sensors/rpi/at?t=${T + 55_500}`,
  `/sensors/rpi/at?t=${SETTLED}`,
  `/sensors/rpi/measurements?${RANGE}&limit=1000`,
  `/sensors/rpi/measurements?${RANGE}&tag=red`,
  `/sensors/rpi/images?field=cam&${RANGE}`,
  `/sensors/rpi/tags`,
  '/sensors/rpi/notes',
  '/views',
]

async function backUp(directory: string, ...argv: readonly string[]): Promise<void> {
  const written: string[] = []
  const write = (text: string): unknown => written.push(text)
  const exitCode = await runCli(argv, {
    stdout: { write },
    stderr: { write },
    stdin: (async function* () {})(),
    interactive: false,
    columns: 80,
    environment: {},
    directory,
    clock: () => timestampMs(SETTLED),
    signal: new AbortController().signal,
    ask: () => Promise.resolve(''),
  })
  expect({ exitCode, written: exitCode === 0 ? [] : written }).toStrictEqual({ exitCode: 0, written: [] })
}

test.each(['a file', 'a folder'])(
  'a backup into %s while devices publish answers every question alike',
  async (kind) => {
    const directory = await mkdtemp(join(tmpdir(), 'senio-backup-'))
    cleanUps.push(() => rm(directory, { recursive: true }))
    const dataDir = join(directory, 'data')
    const live = await TestServer.start({ dataDir })
    cleanUps.push(() => live.stop())
    const { id, token } = await live.account()
    const { key } = await live.sensor(
      'rpi',
      ['temp:scalar:celsius', 'open:boolean', 'place:location', 'cam:image'],
      id,
    )
    const ask = apiClient(live, token)
    const publish = async (payload: Buffer | string, type: string, query = ''): Promise<string> => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': type }
      const answer = await live.app.inject({ method: 'POST', url: `/publish/rpi${query}`, headers, payload })
      expect(answer.statusCode).toBe(201)
      return answer.body
    }
    const json = (body: unknown): Promise<string> => publish(JSON.stringify(body), 'application/json')
    await json(
      Array.from({ length: 300 }, (_, n) => ({
        timestamp: T + n * 1000 + 0.25,
        data: {
          temp: Math.sin(n),
          open: n % 7 < 3,
          ...(n % 50 === 0 ? { place: { lat: n / 10, lon: -n / 10 } } : {}),
        },
        tags: n % 10 === 0 ? ['red', `n${n % 30}`] : n % 11 === 0 ? { run: n } : null,
      })),
    )
    await json({ timestamp: T + 5000.25, data: { temp: -40 } })
    for (let n = 0; n < 5; n++)
      await publish(await jpeg(40, 30, n), 'image/jpeg', `?field=cam&timestamp=${T + n * 20_000}`)
    await ask('POST', '/sensors/rpi/notes', { from: T, to: T + 5000, text: 'rain' })
    await ask('POST', '/views', {
      name: 'home',
      panels: [{ columns: 12, rows: 8, fields: [{ sensor: 'rpi', field: 'temp' }] }],
    })

    const acknowledged: string[] = []
    const done = new AbortController()
    const goOn = async (): Promise<void> => {
      for (let n = 0; !done.signal.aborted; n++) {
        const at = `?field=cam&timestamp=${SETTLED + n * 1000}`
        acknowledged.push(await publish(await jpeg(40, 30, 100 + n), 'image/jpeg', at))
      }
    }
    const publishing = goOn()
    while (acknowledged.length < 3) await new Promise((resolve) => setImmediate(resolve))
    const before = acknowledged.length
    await backUp(directory, 'backup', 'b', ...(kind === 'a folder' ? ['--folder'] : []), '--json')
    done.abort()
    await publishing
    await backUp(directory, 'restore', 'b', '--data-dir', 'again', '--json')

    const restored = await TestServer.start({ dataDir: join(directory, 'again') })
    cleanUps.push(() => restored.stop())
    const askRestored = apiClient(restored, token)
    for (const question of QUESTIONS) {
      const [expected, answer] = [await ask('GET', question), await askRestored('GET', question)]
      expect({ question, status: expected.status }).toStrictEqual({ question, status: 200 })
      expect({ question, ...withoutUse(answer.json) }).toStrictEqual({
        question,
        ...withoutUse(expected.json),
      })
    }
    // Of what came meanwhile all that was acknowledged before is there, in order and without a gap, with its bytes.
    const later = await askRestored<{ measurements: { timestamp: number; data: { cam: string } }[] }>(
      'GET',
      `/sensors/rpi/measurements?from=${SETTLED}&limit=1000`,
    )
    const { measurements } = later.json
    expect(measurements.length).toBeGreaterThanOrEqual(before)
    expect(measurements.map((one) => JSON.stringify(one))).toStrictEqual(
      acknowledged.slice(0, measurements.length),
    )
    for (const { data } of measurements) {
      const path = `/sensors/rpi/images/${data.cam}?size=original`
      const [expected, answer] = [await ask('GET', path), await askRestored('GET', path)]
      expect(answer.status).toBe(200)
      expect(answer.bytes.equals(expected.bytes)).toBe(true)
    }
    expect(await restored.installation.storage.findFaults()).toStrictEqual([])

    function withoutUse(body: unknown): object {
      // When a key was last used is noted a while later; whether a thumb is made is for the server to see to, and the last values are later ones.
      return JSON.parse(
        JSON.stringify(body, (name, value: unknown) =>
          /^(?:lastUsed|latest|last|state|ready|placeholder)$/.test(name) ? null : value,
        ),
      )
    }
  },
)
