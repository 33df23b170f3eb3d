import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RawConnection } from '../testing/raw-connection.ts'
import { environmentOf, storageProfiles } from '../testing/storage-profiles.ts'
import { runSenio, SenioProcess } from './senio-process.ts'

const T = 1_650_000_000_000
const IN_FLIGHT = 20
const EMAIL = 'ada@example.org'

describe.each(storageProfiles)('a server on $name that is told to stop', (profile) => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'senio-stopping-'))
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  it(
    'answers every request in flight, and keeps what it has acknowledged',
    { timeout: 180_000 },
    async () => {
      const environment = environmentOf(await profile.prepare())
      const run = (...args: readonly string[]) =>
        runSenio([...args, '--data-dir', directory, '--json'], environment)
      const start = () => SenioProcess.start(['--data-dir', directory], environment)
      await run('user', 'create', '--email', EMAIL)
      const sensor = await run('sensor', 'create', 'rpi', '--owner', EMAIL, '--field', 'temp:scalar')
      const { key } = JSON.parse(sensor.stdout) as { readonly key: string }
      const server = await start()
      const inFlight: { readonly connection: RawConnection; readonly rest: string }[] = []
      for (let n = 0; n < IN_FLIGHT; n++) {
        const body = JSON.stringify({ timestamp: T + n, data: { temp: n } })
        const connection = await RawConnection.open(server.url)
        connection.write(
          `POST /publish/rpi HTTP/1.1\r\nHost: senio\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
        )
        inFlight.push({ connection, rest: body.slice(10) })
      }
      // All of them are being read.
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      const stopped = server.stop()
      const answers = await Promise.all(
        inFlight.map(({ connection, rest }) => {
          connection.write(rest)
          return connection.answer()
        }),
      )
      await stopped
      expect(answers.map(({ status }) => status)).toStrictEqual(Array<number>(IN_FLIGHT).fill(201))
      const check = await run('check')
      expect(JSON.parse(check.stdout)).toMatchObject({ ok: true, measurements: IN_FLIGHT })
    },
  )
})
