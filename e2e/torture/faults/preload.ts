/** Loaded into the program before its own code: puts faults into what it calls. See `launch.ts`. */
import fs from 'node:fs'
import { ServerResponse } from 'node:http'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { watchBucket } from './bucket-points.ts'
import { watchDatabase } from './database-points.ts'
import type { FaultPlan } from './fault.ts'
import { FaultCounter, die, systemError } from './fault-counter.ts'

type Done = (error: Error | null, ...results: unknown[]) => void
type AnyFunction = (...args: unknown[]) => unknown

const plan = JSON.parse(process.env['TORTURE_PLAN'] ?? '{}') as FaultPlan
const counter = new FaultCounter(plan.faults ?? [])
const paths = new Map<unknown, string>()

// Node would write down what it compiled when the process ends, which it will not get to.
setTimeout(flushCompileCache, 300).unref()

/** Blobs that are promised to last, and their drafts; thumbs can be made again. */
const isDraft = (path: unknown): boolean => /\/originals\/tmp\//.test(String(path))
const isShard = (path: unknown): boolean => /\/originals\/[0-9a-f]{2}$/.test(String(path))

function pointOf(name: string, [first]: readonly unknown[]) {
  if (name === 'open' && isDraft(first)) return 'draft-open'
  if (name === 'link' && isDraft(first)) return 'blob-link'
  if (name === 'unlink' && isDraft(first)) return 'draft-remove'
  if (name === 'mkdir' && isShard(first)) return 'shard-make'
  const path = paths.get(first)
  if (name === 'writev' && isDraft(path)) return 'draft-write'
  if (name === 'fsync' && isDraft(path)) return 'draft-sync'
  if (name === 'fsync' && /\/originals(\/[0-9a-f]{2})?$/.test(path ?? '')) return 'directory-sync'
  return null
}

const callbacks = fs as unknown as Record<string, AnyFunction>
for (const name of ['open', 'link', 'unlink', 'writev', 'fsync']) {
  const original = callbacks[name]
  if (original === undefined) continue
  callbacks[name] = (...all) => {
    const args = all.slice(0, -1)
    const done = all.at(-1) as Done
    const ended: Done = (error, ...results) => {
      if (name === 'open' && error === null) paths.set(results[0], String(args[0]))
      done(error, ...results)
    }
    const point = pointOf(name, args)
    const effect = point === null ? null : counter.next(point)
    if (effect === null) return original(...args, ended)
    if ('error' in effect) return setImmediate(() => done(systemError(effect.error, name)))
    if ('lie' in effect) return setImmediate(() => done(null))
    if ('delay' in effect) return setTimeout(() => original(...args, ended), effect.delay)
    if (effect.kill === 'after') return original(...args, die)
    if (effect.kill === 'amid' && name === 'writev') {
      const bytes = Buffer.concat(args[1] as Uint8Array[])
      fs.writeSync(Number(args[0]), bytes, 0, bytes.length >> 1)
    }
    return die()
  }
}

const { mkdir } = fs.promises
fs.promises.mkdir = (async (...args: Parameters<typeof mkdir>) => {
  const point = pointOf('mkdir', args)
  const effect = point === null ? null : counter.next(point)
  if (effect !== null && 'error' in effect) throw systemError(effect.error, 'mkdir')
  if (effect !== null && 'kill' in effect && effect.kill !== 'after') die()
  const made = await mkdir(...args)
  if (effect !== null && 'kill' in effect) die()
  return made
}) as typeof mkdir
watchBucket((point) => counter.next(point))
syncBuiltinESMExports()

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
const { prepare } = DatabaseSync.prototype
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>) {
  const statement = prepare.apply(this, args)
  const point = { 'BEGIN IMMEDIATE': 'rows-begin', COMMIT: 'rows-commit' }[args[0]]
  if (point === 'rows-begin' || point === 'rows-commit') {
    const run = statement.run.bind(statement)
    statement.run = () => {
      const effect = counter.next(point)
      if (effect !== null && 'error' in effect) throw systemError(effect.error, point)
      if (effect !== null && 'delay' in effect) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, effect.delay)
      }
      if (effect !== null && 'kill' in effect && effect.kill !== 'after') die()
      const result = run()
      if (effect !== null && 'kill' in effect) die()
      return result
    }
  }
  // The last thing that the program does with a connection that it writes to is to see that this is FULL.
  if (args[0] === 'PRAGMA synchronous' && plan.synchronous !== undefined) {
    const get = statement.get.bind(statement)
    statement.get = () => {
      const result = get()
      this.exec(`PRAGMA synchronous = ${plan.synchronous}`)
      return result
    }
  }
  return statement
}

if (plan.database === 'postgres') watchDatabase((point) => counter.next(point))

// oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
const end = ServerResponse.prototype.end as AnyFunction
ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
  if (this.statusCode === 201 && this.req.url?.startsWith('/publish/') === true) {
    const effect = counter.next('answer')
    if (effect !== null && 'kill' in effect) {
      if (effect.kill !== 'after') die()
      setImmediate(die)
    }
  }
  return end.apply(this, args)
} as ServerResponse['end']

const clockErrors = plan.clockErrors ?? []
if (clockErrors.length > 0) {
  const now = Date.now.bind(Date)
  const start = now()
  Date.now = () => now() + (clockErrors[Math.floor((now() - start) / 200) % clockErrors.length] ?? 0)
}
