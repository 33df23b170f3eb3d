import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { BodyMemory } from '../../domain/overload/body-memory.ts'
import type { AccountId } from '../../storage/account-store.ts'
import type { Sensor, SensorId } from '../../storage/sensor-store.ts'
import { type PublishBodyServices, readMeasurements } from '../../transport/http/publish-body.ts'
import { timestampMs } from '@senio/protocol'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

const NOW = timestampMs(1_700_000_000_000)
const sensor: Sensor = { id: 1 as SensorId, owner: 1 as AccountId, name: 'rpi', created: NOW, fields: [] }
/** Of an inflated batch. */
const MOST = 8 * 1024 * 1024
const GZIP = Buffer.from([0x1f, 0x8b])

/** Keeps what comes out of a body instead of storing it. */
class Taken {
  readonly measurements: unknown[] = []
  readonly services: PublishBodyServices = {
    bodyTimeout: 10_000,
    ingest: {
      publishMany: async (_sensor, measurements) => {
        this.measurements.push(...measurements)
        return measurements.length
      },
      publish: () => Promise.reject(new Error('Lines are many.')),
      receive: () => Promise.reject(new Error('Lines hold no pictures.')),
      stamp: async () => NOW,
    },
  }
}

/** What comes out of a body that arrives in pieces of this size. */
async function read(body: Uint8Array, encoding: string, size: number): Promise<Outcome<readonly unknown[]>> {
  const request = new IncomingMessage(new Socket())
  request.headers = { 'content-type': 'application/x-ndjson', 'content-encoding': encoding }
  const taken = new Taken()
  const held = new BodyMemory({ elapsed: () => 0 }).hold()
  const work = { begin() {}, beginPicture() {}, wait() {}, goOn() {} }
  const publish = { request, sensor, query: new URLSearchParams(), held, work }
  const reading = readMeasurements(taken.services, publish)
  // What comes along with the head is read as a whole.
  await new Promise((resolve) => setImmediate(resolve))
  for (let at = 0; at < body.length; at += size) request.push(Buffer.from(body.subarray(at, at + size)))
  request.complete = true
  request.push(null)
  try {
    await reading
    return { value: taken.measurements }
  } catch (error) {
    return refusal(error)
  } finally {
    request.destroy()
  }
}

/** A batch of lines, compressed or not, is what JSON.parse makes of each line, in whatever pieces it comes. */
export const lines: FuzzTarget = {
  name: 'lines',
  modules: ['/transport/http/body', '/transport/http/publish-body', '/domain/ingest/strict-json'],
  dictionary: [
    '\n',
    '\r\n',
    '\n\n',
    ' \t\n',
    '{}',
    '{"timestamp":1650000000000,"data":{"temp":1}}',
    '"',
    '\\n',
    '\\u000a',
    'null',
    '1e999',
    '[',
    ']',
    '{"a":1,"a":2}',
    '\xef\xbb\xbf',
    '\xff',
    '\xc3\xa4',
    '\x1f\x8b\x08',
    '\0\0\0\0',
    '\x03',
  ],
  seeds: async () => {
    const text = '{"timestamp":1650000000000,"data":{"temp":1}}\n\r\n{"timestamp":1650000000001}\n'
    return [
      Buffer.from(text),
      Buffer.from('1\n"two"\n[3]\nnull\n'),
      Buffer.from('\n\n \n'),
      Buffer.from('{"a":1}\n{"b":\n'),
      gzipSync(text),
      Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"b":2}\n')]),
      gzipSync('1\n'.repeat(5000)),
      Buffer.concat([gzipSync(text), Buffer.from('and more')]),
    ]
  },
  async run(input) {
    const bytes = Buffer.from(input)
    const encoding = bytes.subarray(0, 2).equals(GZIP) ? 'gzip' : 'identity'
    const whole = await read(bytes, encoding, MOST)
    promiseEqual(await read(bytes, encoding, 7), whole, 'pieces are read as the whole is')
    if (encoding === 'gzip') return
    promiseEqual(await read(gzipSync(bytes), 'gzip', 50), whole, 'compressed is read as it is')
    if (!('value' in whole)) return
    const reference = bytes
      .toString()
      .split('\n')
      .filter((line) => /[^\0- ]/.test(line))
      .map((line): unknown => JSON.parse(line.replace(/^\uFEFF/, '')))
    promiseEqual(whole.value, reference, 'what is taken is what JSON.parse makes of each line')
    promise(whole.value.length <= bytes.length, 'there are no more measurements than bytes')
  },
}
