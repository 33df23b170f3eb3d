import type { IncomingMessage } from 'node:http'
import { SenioError } from '@senio/protocol'
import { allowBody } from '../expect-continue.ts'
import { AwaitedSender, type SenderWatch } from './awaited-sender.ts'
import { type BodyToRead, ComingBody } from './coming-body.ts'
import { GatheredBytes } from './gathered-bytes.ts'
import { inflateBody } from './inflate-body.ts'

const NOBODY: SenderWatch = { wait() {}, goOn() {} }

/**
 * A request's body, chunk by chunk. Leaving the loop early doesn't end the connection, so that an answer can
 * still be sent; `drain` takes care of the rest.
 *
 * @throws SenioError `body-too-slow`, `overloaded`, `malformed-request`
 */
export async function* bodyChunks(body: BodyToRead, watch: SenderWatch = NOBODY): AsyncGenerator<Uint8Array> {
  const coming = new ComingBody(body)
  const sender = new AwaitedSender(watch)
  try {
    sender.ask()
    for await (const chunk of body.request.iterator({ destroyOnReturn: false })) {
      sender.end()
      coming.arrived((chunk as Uint8Array).length)
      yield chunk as Uint8Array
      sender.ask()
    }
  } catch (error) {
    throw coming.error ?? error
  } finally {
    sender.end()
    coming.stop()
  }
}

/** How large a body may be. */
export interface BodyLimit {
  /** In bytes, by the first one of the body once it is inflated; undefined: whatever that is. */
  readonly bytes: (first: number | undefined) => number
  /** What is advised to whoever sent more. */
  readonly advice: string
}

/**
 * A whole body in memory, inflated if it is gzip. What came along with its head isn't counted as held: it is little, and
 * dealt with at once.
 *
 * @throws SenioError `body-too-large`, `malformed-gzip`, `unsupported-encoding`, and what `bodyChunks` throws
 */
export async function readBody(body: BodyToRead, limit: BodyLimit): Promise<Uint8Array> {
  const { request, held } = body
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new SenioError(
      'unsupported-encoding',
      `The content encoding "${encoding.slice(0, 40)}" is not known; use gzip or none.`,
    )
  }
  const gzip = encoding === 'gzip'
  if (!gzip && !request.complete) await endOfTurn()
  const whole = gzip ? null : arrivedWhole(request)
  if (whole !== null) {
    const allowed = limit.bytes(firstByte(whole))
    if (whole.length > allowed) throw tooLarge(limit, allowed)
    return whole
  }
  const declared = Number(request.headers['content-length'] ?? Infinity)
  let most = limit.bytes(undefined)
  if (declared !== Infinity && declared > most) throw tooLarge(limit, most)
  const gathered = new GatheredBytes(held, declared)
  await eachChunk(body, (chunk) => {
    if (gathered.length === 0 && !gzip) most = limit.bytes(firstByte(chunk))
    if (gathered.length + chunk.length > most) throw tooLarge(limit, most)
    gathered.add(chunk)
  })
  return gzip ? inflate(gathered.bytes, body, limit) : gathered.bytes
}

async function inflate(bytes: Uint8Array, { held }: BodyToRead, limit: BodyLimit): Promise<Uint8Array> {
  const most = limit.bytes(undefined)
  const compressed = held.bytes
  const inflated = await inflateBody(bytes, held, (length) => {
    if (length > most) throw tooLarge(limit, most)
  })
  held.shrink(compressed)
  const allowed = limit.bytes(firstByte(inflated))
  if (inflated.length > allowed) throw tooLarge(limit, allowed)
  return inflated
}

/** One for all requests of a turn of the event loop; null when none waits. */
let turn: Promise<void> | null = null

/**
 * When all that has come on the sockets by now was looked at: a small body comes along with its head, but one event later.
 * Listening for that, under a time-out, costs more than everything else that is done to a small body.
 */
function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = null
      resolve()
    })
  })
  return turn
}

const NOTHING = new Uint8Array()

/** A body that came along with its head, as small ones do: nothing to wait for. Null when there is more to come. */
function arrivedWhole(request: IncomingMessage): Uint8Array | null {
  if (!request.complete || request.destroyed) return null
  allowBody(request)
  return (request.read() as Uint8Array | null) ?? NOTHING
}

/** As `bodyChunks`, without waiting between chunks: an iterator costs more than reading a small body does. */
function eachChunk(body: BodyToRead, take: (chunk: Uint8Array) => void): Promise<void> {
  const { request } = body
  // It tells of its end once, perhaps before anybody listened.
  if (request.destroyed) return Promise.reject(brokenOff())
  return new Promise((resolve, reject) => {
    const coming = new ComingBody(body)
    const onData = (chunk: Uint8Array): void => {
      coming.arrived(chunk.length)
      try {
        take(chunk)
      } catch (error) {
        end()
        reject(error)
      }
    }
    const onEnd = (): void => {
      end()
      resolve()
    }
    const onError = (error: Error): void => {
      end()
      reject(coming.error ?? error)
    }
    const onClose = (): void => onError(brokenOff())
    const end = (): void => {
      coming.stop()
      request.pause()
      request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
    }
    request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
  })
}

function brokenOff(): SenioError {
  return new SenioError('malformed-request', 'The connection ended before the body did.')
}

/** The first byte that isn't JSON white space or a byte order mark. */
function firstByte(chunk: Uint8Array): number | undefined {
  return chunk.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
}

function tooLarge({ advice }: BodyLimit, most: number): SenioError {
  return new SenioError('body-too-large', `The body has more than ${most} bytes. ${advice}`)
}
