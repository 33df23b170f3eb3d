import { constants } from 'node:os'
import type { Effect, Fault, Point } from './fault.ts'

/** Counts what passes each point. */
export class FaultCounter {
  readonly #faults: readonly Fault[]
  readonly #passed = new Map<Point, number>()

  constructor(faults: readonly Fault[]) {
    this.#faults = faults
  }

  /** What happens to the call that now comes to a point; null for nothing. */
  next(point: Point): Effect | null {
    const count = (this.#passed.get(point) ?? 0) + 1
    this.#passed.set(point, count)
    const due = this.#faults.find(
      (fault) => fault.point === point && (fault.every ? count % fault.nth === 0 : count === fault.nth),
    )
    return due?.effect ?? null
  }
}

/** Ends the process at once, as `kill -9` does, whichever thread calls it. */
export function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

/** What Node gives for a failed system call. */
export function systemError(code: string, syscall: string): Error {
  const number = (constants.errno as unknown as Readonly<Record<string, number>>)[code] ?? 0
  return Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall, errno: -number })
}
