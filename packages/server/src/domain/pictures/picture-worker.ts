import { type DurationMs, durationMs, MINUTE, SECOND, timestampMs } from '@senio/protocol'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { Clock } from '../clock.ts'
import { Pause } from '../background/pause.ts'

export interface PictureWorkerOptions {
  readonly images: Pick<ImageStore, 'claimPending' | 'release'>
  readonly now: Clock
  /** Makes a picture's thumb and finishes it. A rejection leaves it pending. */
  readonly process: (image: StoredImage) => Promise<void>
  readonly report: (error: unknown) => void
  /** How many pictures are claimed at a time: each claim costs a write. */
  readonly claims: number
  /** How often it looks for pictures that it isn't told of: others' and those of a crash. */
  readonly pollEvery?: DurationMs
  /** The first wait after a failure; it doubles to a minute while failures go on. */
  readonly backOff?: DurationMs
}

/** How long a claimed picture is left to its worker: longer than any decode takes. */
const CLAIM = durationMs(3 * MINUTE)
const LONGEST_BACK_OFF = MINUTE
/** Times as long as it has just worked, for which it rests while pictures come in. */
const REST = 3
/** Without a new picture for so long, it goes on. */
const LULL = durationMs(100)
const LONGEST_REST = durationMs(2 * SECOND)
/** When pictures have waited for so long, it doesn't rest: they come faster than that for good. */
const PATIENCE = MINUTE

/**
 * Makes the thumbs of new pictures in the background, in the order of their arrival. While others arrive it takes a
 * quarter of the time only, unless that leaves it behind: a thumb costs ten times as much as taking in its picture, and who
 * publishes waits.
 */
export class PictureWorker {
  readonly #options: PictureWorkerOptions
  readonly #idle = new Pause()
  readonly #backOff = new Pause()
  readonly #rest = new Pause()
  #hasMore = false
  #stopping = false
  #running: Promise<void> | null = null

  constructor(options: PictureWorkerOptions) {
    this.#options = options
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** There are new pictures. */
  notify(): void {
    this.#hasMore = true
    this.#idle.end()
  }

  /** Resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#idle.close()
    this.#backOff.close()
    this.#rest.close()
    await this.#running
  }

  async #run(): Promise<void> {
    const { now, report, pollEvery = durationMs(30 * SECOND), backOff = SECOND } = this.#options
    let wait = backOff
    while (!this.#stopping) {
      try {
        this.#hasMore = false
        const started = now()
        const oldest = await this.#step()
        wait = backOff
        if (oldest === null) await this.#idle.wait(pollEvery)
        else if (started - oldest.created < PATIENCE)
          await this.#restWhileMoreCome(restAfter(now() - started))
      } catch (error) {
        if (!this.#stopping) report(error)
        await this.#backOff.wait(wait)
        wait = durationMs(Math.min(wait * 2, LONGEST_BACK_OFF))
      }
    }
  }

  async #restWhileMoreCome(rest: DurationMs): Promise<void> {
    let left: number = rest
    while (left > 0) {
      if (!this.#hasMore) return
      this.#hasMore = false
      await this.#rest.wait(durationMs(Math.min(left, LULL)))
      left -= LULL
    }
  }

  /** The first of those that it did; null when there is nothing to do. Rejects with the first failure when all have ended. */
  async #step(): Promise<StoredImage | null> {
    const { images, now, process, claims } = this.#options
    const at = now()
    const claimed = await images.claimPending(claims, at, timestampMs(at + CLAIM))
    const results = await Promise.allSettled(claimed.map(process))
    if (this.#stopping) {
      // Another node, or this one when it is back, needn't wait.
      await images.release(
        claimed.filter((_, n) => results[n]?.status === 'rejected').map(({ sha1 }) => sha1),
      )
    }
    for (const result of results) if (result.status === 'rejected') throw result.reason
    return claimed[0] ?? null
  }
}

/** The clock may have been set meanwhile. */
function restAfter(worked: number): DurationMs {
  return durationMs(Math.min(LONGEST_REST, Math.max(0, REST * worked)))
}
