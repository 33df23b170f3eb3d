import { expect, test } from 'vitest'
import { ProblemError } from './problem-error.ts'
import { createPublisher, type Publisher } from './publish.ts'

const URL_OF_SENSOR = 'http://senio.test/publish/green house'
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])
const PUBLISHED = { timestamp: 1474638041614.14, data: { temp: 22.5 }, tags: null }

/** A server that gives these answers in turn (a function fails like a lost connection) and notes what it got. */
function serverWith(...answers: readonly (Response | 'lost')[]) {
  const requests: Request[] = []
  const waits: number[] = []
  const remaining = [...answers]
  const publisher: Publisher = createPublisher({
    url: URL_OF_SENSOR,
    key: 'the-key',
    fetch(input, init) {
      requests.push(new Request(input, init))
      const answer = remaining.shift()
      return answer === undefined || answer === 'lost'
        ? Promise.reject(new TypeError('fetch failed'))
        : Promise.resolve(answer)
    },
    retry: {
      attempts: 3,
      firstWait: 100,
      random: () => 1,
      sleep: (ms) => {
        waits.push(ms)
        return Promise.resolve()
      },
    },
  })
  return { publisher, requests, waits }
}

function created(body: unknown = PUBLISHED): Response {
  return Response.json(body, { status: 201 })
}

function refused(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { code, detail: 'Why.', status },
    { status, headers: { ...headers, 'content-type': 'application/problem+json' } },
  )
}

test('numbers go as JSON with the key, the timestamp to the last digit', async () => {
  const { publisher, requests } = serverWith(created())
  await expect(
    publisher.publish({ timestamp: 1474638041614.14, data: { temp: 22.5 }, tags: ['a'] }),
  ).resolves.toEqual(PUBLISHED)
  const [request] = requests
  expect(request?.url).toBe('http://senio.test/publish/green%20house')
  expect(request?.headers.get('authorization')).toBe('Bearer the-key')
  expect(await request?.text()).toBe('{"timestamp":1474638041614.14,"data":{"temp":22.5},"tags":["a"]}')
})

test('pictures go as multipart parts named after their fields', async () => {
  const { publisher, requests } = serverWith(created())
  await publisher.publish({ timestamp: 1, images: { cam1: JPEG } })
  const form = (await requests[0]?.formData()) ?? new FormData()
  expect(form.get('json')).toBe('{"timestamp":1,"data":{},"tags":null}')
  const picture = form.get('cam1') as File
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(JPEG)
})

test('a picture alone is the whole body, with field and time in the address', async () => {
  const { publisher, requests } = serverWith(created())
  await publisher.publishImage('cam1', new Uint8Array([0x89, 0x50]), { timestamp: 1474638041614.25 })
  expect(requests[0]?.url).toBe(
    'http://senio.test/publish/green%20house?field=cam1&timestamp=1474638041614.25',
  )
  expect(requests[0]?.headers.get('content-type')).toBe('image/png')
})

test('many measurements go as one array', async () => {
  const { publisher, requests } = serverWith(created({ accepted: 2 }))
  const accepted = await publisher.publishMany([
    { timestamp: 1, data: { temp: 1 } },
    { timestamp: 2, data: { temp: 2 } },
  ])
  expect(accepted).toEqual({ accepted: 2 })
  expect(await requests[0]?.json()).toHaveLength(2)
})

test('a busy server is asked again after the time that it names, with the same timestamp', async () => {
  const { publisher, requests, waits } = serverWith(
    refused(503, 'overloaded', { 'retry-after': '7' }),
    'lost',
    created(),
  )
  await publisher.publish({ data: { temp: 22.5 } })
  expect(waits).toEqual([7000, 200])
  const bodies = await Promise.all(requests.map((request) => request.text()))
  expect(new Set(bodies).size).toBe(1)
})

test('a refusal is not tried again', async () => {
  const { publisher, requests } = serverWith(refused(422, 'unknown-field'))
  const error = await publisher.publish({ data: { tmp: 1 } }).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ProblemError)
  expect(error).toMatchObject({ code: 'unknown-field', status: 422, detail: 'Why.' })
  expect(requests).toHaveLength(1)
})

test('after the last try the last problem is told', async () => {
  const { publisher, waits } = serverWith('lost', 'lost', 'lost')
  await expect(publisher.check()).rejects.toMatchObject({ code: 'unreachable', status: 0 })
  expect(waits).toHaveLength(2)
})

test('an abort ends the tries with its own reason', async () => {
  const { publisher, requests } = serverWith(created())
  const reason = new Error('stopped')
  await expect(publisher.check({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(requests).toHaveLength(0)
})

test.each([
  'localhost:8080/publish/rpi',
  '10.0.0.5:8080/publish/rpi',
  'ftp://senio.test/publish/rpi',
  'http://',
  '',
])('an address like "%s" is refused before anything is sent', (url) => {
  expect(() => createPublisher({ url, key: 'the-key' })).toThrow(/http:\/\/ or https:\/\//)
})
