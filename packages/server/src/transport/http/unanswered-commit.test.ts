import { createHash } from 'node:crypto'
import pg from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { UnknownOutcome } from '../../storage/unknown-outcome.ts'
import { FaultProxy } from '../../testing/fault-proxy.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer, type TestServerOptions } from '../../testing/test-server.ts'

const serverUrl = await postgresServerUrl()
const AT = 1_600_000_000_000

/** A server with a camera, a picture, and what can be done with both. */
async function camera(installation: TestServerOptions['installation'] = {}) {
  const server = await TestServer.start({ installation })
  onTestFinished(() => server.stop())
  const { id, token } = await server.account()
  const { key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'], id)
  const base = await server.listen()
  const bytes = new Uint8Array(await jpeg(40, 30, 1))
  const sha1 = createHash('sha1').update(bytes).digest('hex')
  const get = (path: string) =>
    fetch(`${base}/api/v1/sensors/rpi/${path}`, { headers: { authorization: `Bearer ${token}` } })
  const publish = (body: string | Uint8Array<ArrayBuffer>, type: string, query = '') =>
    fetch(`${base}/publish/rpi${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body,
    })
  return {
    server,
    publish,
    publishPicture: () => publish(bytes, 'image/jpeg', `?field=cam1&timestamp=${AT}`),
    measurements: async () =>
      ((await (await get('measurements')).json()) as { readonly measurements: readonly unknown[] })
        .measurements,
    original: async () => (await get(`images/${sha1}?size=original`)).status,
  }
}

test('a publish of which nobody can tell whether it is stored gets no answer, and its picture stays', async () => {
  const { server, publish, publishPicture, measurements, original } = await camera()
  const { measurements: store } = server.installation.storage
  const append = store.append.bind(store)
  // Both ways end like this: it is there, and it isn't.
  const failing = vi.spyOn(store, 'append').mockImplementation(async (rows, images) => {
    if (images.length > 0) await append(rows, images)
    throw new UnknownOutcome(null)
  })
  await expect(publishPicture()).rejects.toThrow('fetch failed')
  const json = JSON.stringify({ timestamp: AT + 1, data: { temp: 1 } })
  await expect(publish(json, 'application/json')).rejects.toThrow('fetch failed')
  await expect(publish(json, 'application/json', '?clock=')).resolves.toMatchObject({ status: 422 })
  failing.mockRestore()
  expect(await measurements()).toHaveLength(1)
  expect(await original()).toBe(200)
  expect((await publishPicture()).status).toBe(201)
  expect((await publish(json, 'application/json')).status).toBe(201)
  expect(await measurements()).toHaveLength(2)
})

describe.skipIf(serverUrl === null)('a picture whose commit loses its connection', () => {
  test('is acknowledged when it turns out to be stored, and is there', async () => {
    const { url } = await createTestDatabase(serverUrl ?? '')
    const direct = new URL(url)
    const proxy = await FaultProxy.start({ host: direct.hostname, port: Number(direct.port) })
    onTestFinished(() => proxy.close())
    const cut = new URL(url)
    cut.port = String(proxy.port)
    const { publishPicture, measurements, original } = await camera({
      databaseUrl: cut.href,
      databaseConnections: 5,
    })
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    onTestFinished(() => admin.end())
    // A commit that takes its time.
    await admin.query(
      `CREATE FUNCTION senio.slow() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
       CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON senio.image
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION senio.slow()`,
    )
    const answer = publishPicture()
    await vi.waitFor(
      async () => {
        const { rowCount } = await admin.query(
          `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`,
        )
        expect(rowCount).toBe(1)
      },
      { timeout: 10_000 },
    )
    await proxy.begin({ kind: 'refuse' })
    await proxy.heal()
    expect((await answer).status).toBe(201)
    expect(await measurements()).toHaveLength(1)
    expect(await original()).toBe(200)
    expect((await publishPicture()).status).toBe(201)
    expect(await measurements()).toHaveLength(1)
  })
})
