import { durationMs, SenioError } from '@senio/protocol'
import type { WriteLoad } from '../../storage.ts'
import { UnknownOutcome } from '../../unknown-outcome.ts'
import { type AppendCall, sizeOf } from './append-call.ts'
import { type Apply, type BatchResult, outcomes, settle } from './settle.ts'

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

/**
 * Group commit: what comes while one batch is being committed goes into the next. Whoever is alone waits for nobody. A
 * commit without an answer is found out about beside the batches that follow, which need not wait for it.
 */
export class AppendQueue {
  readonly #apply: Apply
  readonly #limits: QueueLimits
  readonly #onCommit: (ms: number) => void
  #queue: QueuedCall[] = []
  #committing: readonly QueuedCall[] = []
  #waitingCalls = 0
  #waitingBytes = 0
  #running: Promise<void> | null = null
  readonly #settling = new Set<Promise<BatchResult>>()
  #isClosing = false

  /**
   * @param apply stores calls in one transaction; rejects when none of them could be stored
   * @param onCommit told how long each transaction took
   */
  constructor(
    apply: Apply,
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

  /**
   * Resolves when the call is stored durably.
   * @throws SenioError `overloaded` when too much waits already, and what it was refused with
   * @throws UnknownOutcome when that can't be told, not even a good while later
   */
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
    await Promise.all(this.#settling)
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Those who were just answered, and those whose requests lie in the sockets, join.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.#take()
      const started = performance.now()
      this.#committing = batch
      const results = await outcomes(this.#apply, callsOf(batch))
      this.#committing = []
      this.#onCommit(performance.now() - started)
      const unknown = this.#end(batch, results, (result) => result instanceof UnknownOutcome)
      if (unknown.length > 0) void this.#settle(unknown)
    }
    this.#running = null
  }

  async #settle(batch: readonly QueuedCall[]): Promise<void> {
    const settling = settle(this.#apply, callsOf(batch))
    this.#settling.add(settling)
    this.#end(batch, await settling)
    this.#settling.delete(settling)
  }

  /** Tells callers what became of their calls. @returns those that are left open */
  #end(
    batch: readonly QueuedCall[],
    results: BatchResult,
    isOpen: (result: Error | null) => boolean = () => false,
  ): readonly QueuedCall[] {
    const open: QueuedCall[] = []
    for (const [index, queued] of batch.entries()) {
      const result = results[index]
      if (result !== undefined && isOpen(result)) {
        open.push(queued)
        continue
      }
      if (result === null) queued.resolve()
      else queued.reject(result ?? new SenioError('defect', 'There is no answer for a measurement.'))
      this.#waitingBytes -= queued.bytes
      this.#waitingCalls--
    }
    return open
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

function callsOf(batch: readonly QueuedCall[]): readonly AppendCall[] {
  return batch.map(({ call }) => call)
}
