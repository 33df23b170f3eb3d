import { durationMs, SenioError } from '@senio/protocol'
import { failureToError, isFatal } from '../failures.ts'
import type { SqlResult, SqlStatement } from '../run-statement.ts'
import type { JobInput, JobOutput } from '../threads/messages.ts'
import { Thread } from '../threads/thread.ts'
import type { DeleteRangeQuery } from './delete-range-step.ts'
import { Gathering } from './gathering.ts'
import { packBatch, packCall, type PackedCall } from './append-batch.ts'
import type { WriteLoad } from '../../storage.ts'
import type { NewImage } from '../../image-store.ts'
import type { Migrated } from '../../storage.ts'
import type { NewMeasurement } from '../../measurement-store.ts'
import type { WriterJobs } from './writer-thread.ts'
import { programUrl } from '../../../program-url.ts'

/** What may wait to be appended before callers are sent away: calls, and roughly bytes. */
export interface QueueLimits {
  readonly calls: number
  readonly bytes: number
}

const DEFAULT_LIMITS: QueueLimits = { calls: 10_000, bytes: 64 * 1024 * 1024 }

/** The values that one transaction takes at most, unless one call alone has more: it bounds how long others wait. */
const BATCH_BYTES = 256 * 1024

/** The share of a commit's time that is waited at most for more to join the next one. */
const GATHERING = 1 / 2

/** How long a statement that may ride along waits for measurements to ride along with, in ms. */
const RIDE_MS = 250

interface Rider {
  readonly statement: SqlStatement
  resolve(): void
  reject(error: unknown): void
}

interface QueuedCall {
  readonly call: PackedCall
  /** When it came, by `performance.now`. */
  readonly came: number
  resolve(): void
  reject(error: unknown): void
}

/** @param ms of the whole batch @param logMs of these, until its last commit was written to the log and synced */
export type OnCommit = (ms: number, logMs?: number) => void

/**
 * The main thread's end of the writer thread. The writer is held by one at a time: a batch of appended
 * measurements, or a session. They take turns, so neither starves.
 */
export class Writer {
  readonly #thread: Thread<WriterJobs>
  readonly #limits: QueueLimits
  readonly #onFatal: (error: SenioError) => void
  readonly #onCommit: OnCommit
  /** Shared with the thread: ms that its last commit took to be written to the log and synced. */
  readonly #lastCommit = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  #calls: QueuedCall[] = []
  #riders: Rider[] = []
  #rideTimer: NodeJS.Timeout | null = null
  #isRideDue = false
  readonly #gathering = new Gathering(() => this.#release())
  #committing: readonly QueuedCall[] = []
  #queuedCalls = 0
  #queuedBytes = 0
  readonly #holders: (() => void)[] = []
  #isHeld = false
  #isSessionsTurn = false
  #isClosing = false
  #fatal: SenioError | null = null
  #ordinaryWrites = 0
  #onIdle: (() => void) | null = null

  /**
   * @param onFatal called once when nothing more can be written before a restart
   * @param onCommit told of each commit of measurements
   */
  constructor(
    file: string,
    onFatal: (error: SenioError) => void,
    limits: QueueLimits = DEFAULT_LIMITS,
    onCommit: OnCommit = () => undefined,
  ) {
    this.#limits = limits
    this.#onCommit = onCommit
    this.#onFatal = onFatal
    const shared = { file, lastCommit: this.#lastCommit }
    this.#thread = new Thread(programUrl(import.meta.url, './writer-thread'), shared, (error) =>
      this.#fail(error),
    )
  }

  /** What waits to be stored. */
  load(): WriteLoad {
    const oldest = this.#committing[0] ?? this.#calls[0]
    return {
      calls: this.#queuedCalls,
      bytes: this.#queuedBytes,
      oldest: durationMs(oldest === undefined ? 0 : performance.now() - oldest.came),
    }
  }

  /** How many jobs that write anything but measurements have ended. */
  get ordinaryWrites(): number {
    return this.#ordinaryWrites
  }

  open(): Promise<Migrated> {
    return this.#thread.call('open', undefined)
  }

  /** Group commit. Iterates once, at once. @throws SenioError `overloaded` when too much waits already, and as `MeasurementStore.append` */
  async append(measurements: Iterable<NewMeasurement>, images: readonly NewImage[]): Promise<void> {
    this.#checkUsable()
    const call = packCall(measurements, images)
    const { bytes } = call
    if (this.#queuedCalls >= this.#limits.calls || this.#queuedBytes + bytes > this.#limits.bytes) {
      // A call that is too large even for an empty queue would be sent away for ever.
      if (this.#queuedCalls > 0) {
        throw new SenioError('overloaded', 'The disk is slower than what comes in. Try again in a moment.', {
          retryAfter: 1,
        })
      }
    }
    this.#queuedCalls++
    this.#queuedBytes += bytes
    return new Promise((resolve, reject) => {
      const came = performance.now()
      this.#calls.push({ call, came, resolve, reject })
      if (this.#isHeld) this.#gathering.joined(this.#calls.length, came)
      else this.#gather(Infinity, 0)
    })
  }

  /** One statement as a transaction of its own. */
  async write(statement: SqlStatement): Promise<SqlResult> {
    return this.#alone('write', statement)
  }

  /**
   * A statement in the transaction of the next measurements, or soon in one of its own: it costs no sync of its own
   * where there is traffic. Resolves when it is durable.
   */
  async rideAlong(statement: SqlStatement): Promise<void> {
    this.#checkUsable()
    return new Promise((resolve, reject) => {
      this.#riders.push({ statement, resolve, reject })
      this.#rideTimer ??= setTimeout(() => this.#endRide(), RIDE_MS)
    })
  }

  async probe(): Promise<void> {
    return this.#alone('probe', undefined)
  }

  /** Whether there may be more to purge. */
  async purgeStep(): Promise<boolean> {
    return this.#alone('purgeStep', undefined)
  }

  /** How many values were deleted; 0 when nothing is left to delete. */
  async deleteRangeStep(query: DeleteRangeQuery): Promise<number> {
    return this.#alone('deleteRangeStep', query)
  }

  /** Waits for the writer and takes it, until the returned function is called. */
  async hold(): Promise<() => void> {
    this.#checkUsable()
    await new Promise<void>((resolve) => {
      this.#holders.push(resolve)
      this.#next()
    })
    return () => this.#release()
  }

  /** For the holder: a job of the thread. */
  run<Name extends 'begin' | 'commit' | 'rollback' | 'statement'>(
    job: Name,
    input: JobInput<WriterJobs, Name>,
  ): Promise<JobOutput<WriterJobs, Name>> {
    return this.#guarded(job, input)
  }

  /** Finishes what waits, then ends the thread. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#gathering.end()
    this.#endRide()
    if (this.#isHeld || this.#calls.length > 0 || this.#holders.length > 0) {
      await new Promise<void>((resolve) => (this.#onIdle = resolve))
    }
    try {
      if (this.#fatal === null) await this.#thread.call('close', undefined)
    } finally {
      await this.#thread.end()
    }
  }

  async #alone<Name extends 'write' | 'probe' | 'purgeStep' | 'deleteRangeStep'>(
    job: Name,
    input: JobInput<WriterJobs, Name>,
  ): Promise<JobOutput<WriterJobs, Name>> {
    const release = await this.hold()
    try {
      return await this.#guarded(job, input)
    } finally {
      release()
    }
  }

  async #guarded<Name extends keyof WriterJobs>(
    job: Name,
    input: JobInput<WriterJobs, Name>,
  ): Promise<JobOutput<WriterJobs, Name>> {
    if (this.#fatal !== null) throw this.#fatal
    try {
      return await this.#thread.call(job, input)
    } catch (error) {
      if (isFatal(error) && error instanceof SenioError) this.#fail(error)
      throw error
    } finally {
      if (job !== 'append') this.#ordinaryWrites++
    }
  }

  #release(): void {
    this.#isHeld = false
    this.#next()
  }

  #next(): void {
    if (this.#isHeld) return
    const hasCalls = this.#calls.length > 0 || this.#isRideDue
    if (this.#holders.length > 0 && (this.#isSessionsTurn || !hasCalls)) {
      this.#isHeld = true
      this.#isSessionsTurn = false
      this.#holders.shift()?.()
    } else if (hasCalls) {
      this.#isHeld = true
      this.#isSessionsTurn = true
      void this.#commitBatch(this.#takeBatch())
    } else {
      this.#onIdle?.()
    }
  }

  #takeBatch(): QueuedCall[] {
    let bytes = 0
    let count = 0
    for (const { call } of this.#calls) {
      if (count > 0 && bytes + call.bytes > BATCH_BYTES) break
      bytes += call.bytes
      count++
    }
    return this.#calls.splice(0, count)
  }

  #endRide(): void {
    this.#isRideDue = this.#riders.length > 0
    this.#next()
  }

  #takeRiders(): readonly Rider[] {
    if (this.#rideTimer !== null) clearTimeout(this.#rideTimer)
    this.#rideTimer = null
    this.#isRideDue = false
    return this.#riders.splice(0)
  }

  async #commitBatch(batch: readonly QueuedCall[]): Promise<void> {
    const riders = this.#takeRiders()
    const started = performance.now()
    this.#committing = batch
    try {
      const statements = riders.map(({ statement }) => statement)
      const results = await this.#guarded(
        'append',
        packBatch(
          batch.map(({ call }) => call),
          statements,
        ),
      )
      for (const rider of riders) rider.resolve()
      this.#dequeue(batch)
      for (const [index, queued] of batch.entries()) {
        const failure = results[index]
        if (failure === null) queued.resolve()
        else queued.reject(failure === undefined ? missingResult() : failureToError(failure))
      }
    } catch (error) {
      this.#dequeue(batch)
      const reason =
        error instanceof Error ? error : new SenioError('defect', 'Not an error.', { cause: error })
      for (const waiting of [...batch, ...riders]) waiting.reject(reason)
    }
    this.#committing = []
    const took = performance.now() - started
    this.#onCommit(took, this.#lastCommit[0])
    // Otherwise those who were answered settle into two halves that take turns, each waiting for the other's sync.
    const expected = batch.length + this.#calls.length
    this.#gather(expected, expected > 1 ? took * GATHERING : 0)
  }

  /** Lets more join the next batch. Whoever is alone waits for nobody. */
  #gather(expected: number, wait: number): void {
    this.#isHeld = true
    this.#gathering.begin(expected, wait, () => this.#calls.length)
  }

  #dequeue(batch: readonly QueuedCall[]): void {
    this.#queuedCalls -= batch.length
    for (const { call } of batch) this.#queuedBytes -= call.bytes
  }

  #checkUsable(): void {
    if (this.#isClosing)
      throw new SenioError('shutting-down', 'The server is being stopped.', { retryAfter: 5 })
    if (this.#fatal !== null) throw this.#fatal
  }

  #fail(error: SenioError): void {
    if (this.#fatal !== null) return
    this.#fatal = error
    this.#onFatal(error)
  }
}

function missingResult(): SenioError {
  return new SenioError('defect', 'The database gave no answer for a measurement.')
}
