import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { awaitsContinue } from '../expect-continue.ts'

/** Most bytes that are read to no purpose so that a client gets to see why it was refused. */
const DRAIN_BYTES = 64 * 1024 * 1024

/** Most milliseconds that reading to no purpose may take. */
const DRAIN_TIME = 10_000

const draining = new WeakSet<IncomingMessage>()

/**
 * Reads and drops what is left of a refused body, so that the connection stays usable; within bounds. To be called before
 * the answer is finished.
 */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed || awaitsContinue(request) || draining.has(request)) return
  draining.add(request)
  let bytes = 0
  // What was injected is whoever's who did that.
  const isFromNetwork = request.socket instanceof Socket
  request.on('error', () => request.destroy())
  request.on('data', (chunk: Uint8Array<ArrayBuffer>) => {
    if ((bytes += chunk.length) > DRAIN_BYTES) request.destroy()
    if (isFromNetwork) freeAtOnce(chunk)
  })
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, DRAIN_TIME).unref()
  request.once('close', () => clearTimeout(timer))
  closeAfterwards(request)
  request.resume()
}

/**
 * Closed with bytes on it that weren't read, a connection is reset: who is still sending sees that, and not the answer. One
 * that is to be closed after the answer is closed when the body has been read.
 */
function closeAfterwards(request: IncomingMessage): void {
  const { socket } = request
  let isLast = false
  // Node calls it when it has sent the last answer.
  socket.destroySoon = () => {
    isLast = true
    socket.end()
  }
  request.once('close', () => {
    Reflect.deleteProperty(socket, 'destroySoon')
    if (isLast) socket.destroySoon()
  })
}

/**
 * Waiting for the garbage collector, what is read in vain would make it go through all that lives several times a second:
 * in overload that took a third of the time.
 */
function freeAtOnce({ buffer, length }: Uint8Array<ArrayBuffer>): void {
  // Nothing else lies in it.
  if (length === buffer.byteLength) buffer.transfer(0)
}

/** Drains, and tells when that has ended, whichever way. */
export function drained(request: IncomingMessage, then: () => void): void {
  if (request.complete || request.destroyed || awaitsContinue(request)) return then()
  let isTold = false
  const tell = (): void => {
    if (!isTold) then()
    isTold = true
  }
  for (const event of ['end', 'error', 'close']) request.once(event, tell)
  drain(request)
}
