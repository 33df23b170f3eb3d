import { durationMs, SenioError } from '@senio/protocol'
import type { WriteLoad } from '../../storage.ts'
import { type AppendCall, sizeOf } from './append-call.ts'

/** What may wait to be appended before callers are sent away: calls, and roughly bytes. */
export interface QueueLimits {
  readonly calls: number
  readonly bytes: number
}

const DEFAULT_LIMITS: QueueLimits = { calls: 10_000, bytes: 64 * 1024 * 1024 }

/** What one transaction takes at most, unless one call alone has more: it bounds how long others wait. */
const BATCH_BYTES = 4 * 1024 * 1024

interface QueuedCall {
  readonly call: AppendCall
  /** When it came, by `performance.now`. */
  readonly came: number
  readonly bytes: number
  resolve(): void
  reject(error: unknown): void
}

/** Per call: null when it is stored, or why nothing of it was. */
export type BatchResult = readonly (Error | null)[]

/** Group commit: what comes while one batch is being committed goes into the next. Whoever is alone waits for nobody. */
export class AppendQueue {
  readonly #apply: (calls: readonly AppendCall[]) => Promise<BatchResult>
  readonly #limits: QueueLimits
  readonly #onCommit: (ms: number) => void
  #queue: QueuedCall[] = []
  #committing: readonly QueuedCall[] = []
  #waitingCalls = 0
  #waitingBytes = 0
  #running: Promise<void> | null = null
  #isClosing = false

  /**
   * @param apply stores calls in one transaction; rejects when none of them could be stored
   * @param onCommit told how long each transaction took
   */
  constructor(
    apply: (calls: readonly AppendCall[]) => Promise<BatchResult>,
    limits: QueueLimits = DEFAULT_LIMITS,
    onCommit: (ms: number) => void = () => undefined,
  ) {
    this.#onCommit = onCommit
    this.#apply = apply
    this.#limits = limits
  }

  /** What waits to be stored. */
  load(): WriteLoad {
    const oldest = this.#committing[0] ?? this.#queue[0]
    return {
      calls: this.#waitingCalls,
      bytes: this.#waitingBytes,
      oldest: durationMs(oldest === undefined ? 0 : performance.now() - oldest.came),
    }
  }

  /** Resolves when the call is stored durably. @throws SenioError `overloaded` when too much waits already */
  async append(call: AppendCall): Promise<void> {
    if (this.#isClosing)
      throw new SenioError('shutting-down', 'The server is being stopped.', { retryAfter: 5 })
    const bytes = sizeOf(call)
    const isFull = this.#waitingCalls >= this.#limits.calls || this.#waitingBytes + bytes > this.#limits.bytes
    // A call that is too large even for an empty queue would be sent away for ever.
    if (isFull && this.#waitingCalls > 0) {
      throw new SenioError(
        'overloaded',
        'The database is slower than what comes in. Try again in a moment.',
        {
          retryAfter: 1,
        },
      )
    }
    this.#waitingCalls++
    this.#waitingBytes += bytes
    await new Promise<void>((resolve, reject) => {
      this.#queue.push({ call, came: performance.now(), bytes, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Stores what waits, and takes nothing more. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Those who were just answered, and those whose requests lie in the sockets, join.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.#take()
      const started = performance.now()
      this.#committing = batch
      try {
        const results = await this.#apply(batch.map(({ call }) => call))
        for (const [index, queued] of batch.entries()) {
          const failure = results[index]
          if (failure === null) queued.resolve()
          else queued.reject(failure ?? new SenioError('defect', 'There is no answer for a measurement.'))
        }
      } catch (error) {
        for (const queued of batch) queued.reject(error)
      }
      this.#committing = []
      this.#onCommit(performance.now() - started)
      for (const { bytes } of batch) this.#waitingBytes -= bytes
      this.#waitingCalls -= batch.length
    }
    this.#running = null
  }

  #take(): readonly QueuedCall[] {
    let bytes = 0
    let count = 0
    for (const { bytes: size } of this.#queue) {
      if (count > 0 && bytes + size > BATCH_BYTES) break
      bytes += size
      count++
    }
    return this.#queue.splice(0, count)
  }
}
