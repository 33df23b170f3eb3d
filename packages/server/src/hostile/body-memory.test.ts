import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../testing/publish-site.ts'
import { RawConnection } from '../testing/raw-connection.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { withPeak } from './peak-memory.ts'

const MIB = 1024 * 1024
/** What is held of a list that lacks its last byte. */
const LIST = MIB + 1
const BLANKS = Buffer.alloc(MIB, ' ')
const NDJSON = 'Content-Type: application/x-ndjson\r\n'
const JSON_TYPE = 'Content-Type: application/json\r\n'

describe.each(storageProfiles)('bodies in memory: $name', (profile) => {
  let site: PublishSite
  /** What the memory of bodies takes for the time, ms. */
  let elapsed = 0
  const open: RawConnection[] = []

  beforeAll(async () => {
    const { installation, ...options } = await profile.prepare()
    const bodyMemory = { most: 4.5 * MIB, reserved: MIB, elapsed: () => elapsed }
    site = await PublishSite.open({ ...options, installation: { ...installation, bodyMemory } })
  })
  afterEach(async () => {
    for (const connection of open.splice(0)) connection.close()
    await expect.poll(held).toBe(0)
  })
  afterAll(() => site.close())

  const held = (): number => site.server.installation.services.bodyMemory.bytes

  /** The beginning of a request, and how to go on. */
  async function begin(head: string, ...body: readonly Buffer[]): Promise<RawConnection> {
    const connection = await RawConnection.open(site.url)
    open.push(connection)
    connection.write(head)
    for (const piece of body) connection.write(piece)
    return connection
  }

  const beginList = (...body: readonly Buffer[]): Promise<RawConnection> =>
    begin(`${site.head()}${NDJSON}Content-Length: ${LIST}\r\n\r\n`, ...body)

  const list = (spaces: number): string =>
    `${JSON.stringify({ timestamp: site.nextTime(), data: { temp: 1 } })}\n${' '.repeat(spaces)}`

  /** Fills what there is for large bodies by lists that don't end. */
  async function fill(): Promise<readonly RawConnection[]> {
    const lists: RawConnection[] = []
    for (let mib = 1; mib <= 3; mib++) {
      lists.push(await beginList(BLANKS))
      await expect.poll(held).toBe(mib * LIST)
    }
    return lists
  }

  it('a list that is too much is refused, while short ones and the REST API go on', async () => {
    await fill()
    const refused = await beginList(BLANKS)
    const answer = await refused.answer()
    expectProblem(answer, 'overloaded')
    expect(answer.headers['retry-after']).toBe('1')
    await expect.poll(held).toBe(3 * LIST)
    expect(await site.takesGood()).toBe(true)

    const short = list(10_000)
    const inTwo = await begin(`${site.head()}${NDJSON}Content-Length: ${short.length}\r\n\r\n`)
    await delay(20)
    inTwo.write(short.slice(0, 5000))
    await delay(20)
    inTwo.write(short.slice(5000))
    expect(await inTwo.answer()).toMatchObject({ status: 201, json: { accepted: 1 } })
    const signIn = JSON.stringify({ email: 'ada@example.org', password: 'correct horse battery' })
    const signedIn = await site.send({
      path: '/api/v1/session',
      headers: ['Content-Type: application/json'],
      body: signIn,
    })
    expect(signedIn.status).toBe(201)
  })

  it('lists that have been coming for long make room for others, the oldest first', async () => {
    const [first, second] = await fill()
    elapsed += 5000
    expect((await site.post(list(0.7 * MIB), 'application/x-ndjson')).status).toBe(201)
    expectProblem(await (first as RawConnection).answer(), 'overloaded')
    await expect.poll(held).toBe(2 * LIST)
    const told = await Promise.race([(second as RawConnection).answer(), delay(50, 'nothing')])
    expect(told).toBe('nothing')
  })

  it('what a list is made into counts, until it is stored', async () => {
    await beginList(BLANKS)
    await expect.poll(held).toBe(LIST)
    // As text there is room for it, not for what is made of it as well.
    const answer = await site.post(list(1.5 * MIB), 'application/x-ndjson')
    expectProblem(answer, 'overloaded')
  })

  it('strangers who begin to sign in and do not end are bounded, and others go on', async () => {
    const start = Buffer.from(`{"email":"${'x'.repeat(15_000)}`)
    const head = `POST /api/v1/session HTTP/1.1\r\nHost: senio\r\n${JSON_TYPE}Content-Length: 16000\r\n\r\n`
    for (let i = 0; i < 350; i++) await begin(head, start)
    await expect.poll(held).toBeGreaterThan(4.4 * MIB)
    expect(held()).toBeLessThanOrEqual(4.5 * MIB)
    expectProblem(await (await begin(head, start)).answer(), 'overloaded')
    expect(await site.takesGood()).toBe(true)
  })

  it('a chunk for each byte takes no more memory than its byte', async () => {
    const body = Buffer.from(list(600_000))
    const chunks = Buffer.from([...body].map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`).join(''))
    const request = Buffer.concat([
      Buffer.from(`${site.head()}${NDJSON}Transfer-Encoding: chunked\r\n\r\n`),
      chunks,
      Buffer.from('0\r\n\r\n'),
    ])
    const { result, peak } = await withPeak(() => site.raw(request))
    expect(result).toMatchObject({ status: 201, json: { accepted: 1 } })
    expect(peak).toBeLessThan(96 * MIB)
  })
})
