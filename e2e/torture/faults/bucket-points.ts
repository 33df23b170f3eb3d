import fs from 'node:fs'
import http, { type ClientRequest } from 'node:http'
import type { Effect, Point } from './fault.ts'
import { die, systemError } from './fault-counter.ts'

type AnyFunction = (...args: unknown[]) => unknown
type Next = (point: Point) => Effect | null

const SPOOLED = /\/spool\/[0-9a-f]{32}$/
const ORIGINAL = /\/originals\/[0-9a-f]{40}$/

/** Puts faults into a picture's way into a bucket. To be called before anybody imports what it replaces. */
export function watchBucket(next: Next): void {
  watchSpool(next)
  watchUploads(next)
}

function watchSpool(next: Next): void {
  const { open } = fs.promises
  fs.promises.open = async (...args: Parameters<typeof open>) => {
    if (!SPOOLED.test(String(args[0]))) return open(...args)
    const file = await around(next('spool-open'), 'open', () => open(...args))
    const write = file.write.bind(file) as AnyFunction
    file.write = ((bytes: Uint8Array, offset: number, length: number, position: number) => {
      const effect = next('spool-write')
      if (effect !== null && 'kill' in effect && effect.kill === 'amid') {
        fs.writeSync(file.fd, bytes, offset, length >> 1, position)
      }
      return around(effect, 'write', async () => write(bytes, offset, length, position))
    }) as typeof file.write
    return file
  }
}

async function around<T>(effect: Effect | null, call: string, work: () => Promise<T>): Promise<T> {
  if (effect !== null && 'error' in effect) throw systemError(effect.error, call)
  const isDying = effect !== null && 'kill' in effect
  if (isDying && effect.kill !== 'after') die()
  const result = await work()
  if (isDying) die()
  return result
}

function watchUploads(next: Next): void {
  const request = http.request as AnyFunction
  http.request = ((...args: unknown[]) => {
    const [{ method, path = '' }] = args as [http.RequestOptions]
    const isUpload = method === 'PUT' && ORIGINAL.test(String(path))
    const effect = isUpload ? next('object-put') : null
    if (effect === null || !('kill' in effect)) return request(...args)
    if (effect.kill === 'before') die()
    const outgoing = request(...args) as ClientRequest
    // The store has answered that it has it, and nobody has heard of it yet.
    if (effect.kill === 'after') return outgoing.prependOnceListener('response', die)
    const write = outgoing.write.bind(outgoing) as AnyFunction
    outgoing.write = ((chunk: Uint8Array) =>
      write(chunk.subarray(0, chunk.length >> 1), () => die())) as typeof outgoing.write
    return outgoing
  }) as typeof http.request
}
