import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { present } from '../../storage/contract/database-under-test.ts'
import { createBucket, s3Server } from '../../testing/ceph/test-bucket.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { type TestCli, testCli } from '../testing/test-cli.ts'

const PROGRAM = fileURLToPath(new URL('../../../bin/senio.mjs', import.meta.url))
const PICTURES = 220
const AT_ONCE = 110
const BATCHES = 2
/** ms: among the first pictures, and somewhere later. */
const KILLED_AFTER = [0, 150]
const T = 1_600_000_000_000

const [postgres, store] = await Promise.all([postgresServerUrl(), s3Server()])

describe.skipIf(postgres === null || store === null)('senio copy, killed', () => {
  let cli: TestCli
  let directory: string
  beforeEach(async () => {
    cli = await testCli()
    ;({ directory } = cli)
  })

  /** An installation with more than a copy has done in a moment. */
  async function furnish(dataDir: string): Promise<void> {
    const server = await TestServer.start({ dataDir })
    const { name, key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'])
    const publish = (query: string, type: string, payload: string | Buffer) =>
      server.app.inject({
        method: 'POST',
        url: `/publish/${name}${query}`,
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        payload,
      })
    const picture = await jpeg(16, 16, 1)
    for (let first = 0; first < PICTURES; first += AT_ONCE) {
      const answers = Array.from({ length: AT_ONCE }, (_, index) => {
        const n = first + index
        const query = `?field=cam1&timestamp=${T + n}`
        return publish(query, 'image/jpeg', Buffer.concat([picture, Buffer.from(`${n}`)]))
      })
      for (const { statusCode } of await Promise.all(answers)) expect(statusCode).toBe(201)
    }
    for (let batch = 0; batch < BATCHES; batch++) {
      const measurements = Array.from({ length: 10_000 }, (_, n) => ({
        timestamp: T + (batch * 10_000 + n) * 1000,
        data: { temp: n / 7 },
      }))
      await publish('', 'application/json', JSON.stringify(measurements))
    }
    await server.stop()
  }

  /**
   * Copies in a process of its own, which is killed some ms after it has begun to copy.
   * @param allowed null to let it end
   */
  async function copy(
    allowed: number | null,
    environment: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<string> {
    const child = spawn(process.execPath, [PROGRAM, 'copy', ...argv], {
      cwd: directory,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    const out = text(child.stdout)
    // Without a terminal the first line comes with the first picture, or the first values if there are none left.
    const begun = once(child.stderr, 'data')
    if (allowed !== null) {
      await Promise.race([begun, ended])
      await sleep(allowed)
      child.kill('SIGKILL')
    }
    await ended
    return out
  }

  test('twice, is done in the end with everything once, there and back', async () => {
    await furnish(join(directory, 'data'))
    const database = await createTestDatabase(present(postgres))
    const bucket = await createBucket(present(store))
    const environment = {
      SENIO_S3_ACCESS_KEY: bucket.credentials.accessKey,
      SENIO_S3_SECRET_KEY: bucket.credentials.secretKey,
    }
    const everything = { ok: true, pictures: PICTURES, measurements: BATCHES * 10_000 + PICTURES - 1 }
    const places = [database.url, bucket.url]
    const to = ['--from', 'data', ...places.flatMap((place) => ['--to', place])]
    for (const allowed of KILLED_AFTER) await copy(allowed, environment, ...to)
    expect(await copy(null, environment, ...to)).toContain('Finished the copy: 1 account, 1 sensor')
    const elsewhere = { ...environment, SENIO_DATABASE_URL: database.url, SENIO_BLOB_URL: bucket.url }
    expect((await cli.runWith({ environment: elsewhere }, 'check', '--json')).json()).toMatchObject(
      everything,
    )

    const back = [...places.flatMap((place) => ['--from', place]), '--to', 'home']
    for (const allowed of KILLED_AFTER) await copy(allowed, environment, ...back)
    expect(await copy(null, environment, ...back)).toContain('Finished the copy: 1 account, 1 sensor')
    expect((await cli.run('check', '--data-dir', 'home', '--json')).json()).toMatchObject(everything)
    await database.drop()
  }, 60_000)
})
