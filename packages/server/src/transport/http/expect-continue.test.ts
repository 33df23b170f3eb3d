import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../../testing/publish-site.ts'
import { RawConnection } from '../../testing/raw-connection.ts'

const BODY = '{"timestamp":1600000000000,"data":{"temp":1}}'
const EXPECTING = `Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`
let site: PublishSite

beforeAll(async () => {
  site = await PublishSite.open()
})
afterAll(() => site.close())

it('asks for the body once the key was checked', async () => {
  const connection = await RawConnection.open(site.url)
  connection.write(site.head() + EXPECTING)
  expect(await connection.answer()).toMatchObject({ status: 100 })
  connection.write(BODY)
  const answer = await connection.answer()
  connection.close()
  expect(answer).toMatchObject({ status: 201, headers: { connection: 'keep-alive' } })
})

it.each(['/publish/rpi', '/publish/nope', '/api/v1/sensors'])(
  'never asks for the body of a stranger: %s',
  async (path) => {
    const connection = await RawConnection.open(site.url)
    connection.write(`POST ${path} HTTP/1.1\r\nHost: senio\r\n${EXPECTING}`)
    const answer = await connection.answer()
    expect(answer.status).toBeGreaterThanOrEqual(401)
    expect(answer.headers['connection']).toBe('close')
    await connection.closed()
  },
)

it('never asks for a body that it does not take', async () => {
  const answer = await site.raw(site.head() + EXPECTING.replace('application/json', 'text/html'))
  expectProblem(answer, 'unsupported-content-type')
})

it('asks for the body of a REST request that was let in', async () => {
  const connection = await RawConnection.open(site.url)
  const body = '{"name":"another"}'
  connection.write(
    `POST /api/v1/sensors HTTP/1.1\r\nHost: senio\r\nAuthorization: Bearer ${site.token}\r\n` +
      `Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  expect(await connection.answer()).toMatchObject({ status: 100 })
  connection.write(body)
  expect(await connection.answer()).toMatchObject({ status: 201 })
  connection.close()
})
