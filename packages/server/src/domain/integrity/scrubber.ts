import { DAY, durationMs, MINUTE, SECOND, type TimestampMs, timestampMs } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { DatabaseFault, FaultSearch } from '../../storage/fault-search.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { ScrubState, ScrubStore } from '../../storage/scrub-store.ts'
import type { Clock } from '../clock.ts'
import { Pause } from '../background/pause.ts'
import type { DamagedPictures } from './damaged-pictures.ts'
import { findPictureFault } from './picture-fault.ts'

export interface ScrubberOptions {
  readonly scrub: ScrubStore
  readonly images: Pick<ImageStore, 'list' | 'find'>
  readonly originals: BlobStore
  readonly damaged: DamagedPictures
  /** As `Database.findFaults`. */
  readonly findFaults: (search: FaultSearch) => Promise<readonly DatabaseFault[]>
  /** Of this process, different from every other's. */
  readonly holder: string
  readonly now: Clock
  /** How fast everything is read, on average. 0: never, and no pass begins. */
  readonly bytesPerSecond: number
  /** Whether publishing and reading need all that there is: it rests then. */
  readonly isBusy: () => boolean
  /** Told of a database that isn't sound, and of failures. */
  readonly report: (error: unknown) => void
  /** Told of each fault of the database, in its words. */
  readonly onDatabaseFault: (fault: string) => void
  /** Resolves after a time, or earlier when it is ended. A real pause by default. */
  readonly pause?: Pick<Pause, 'wait' | 'close'>
}

/** A pass begins at most so often. */
const PASS_EVERY = DAY
/** Between two looks whether there is something to do. */
const POLL = durationMs(MINUTE)
/** For how long a node keeps the scrub without a sign of life. */
const HELD = durationMs(10 * MINUTE)
/** Between two notes of how far it is: each costs a commit. */
const NOTE_EVERY = durationMs(30 * SECOND)
const PAGE = 100
/** Between two looks whether it is still busy. */
const BUSY_REST = durationMs(SECOND)
/** What opening a picture counts for: small ones cost more than their bytes. */
const PER_PICTURE_BYTES = 16 * 1024

/** Ends a look at the database before its end. */
class Ended extends Error {}

/**
 * Looks at everything that is kept, slowly and for ever: the database, then every original byte by byte. It goes on
 * after a restart where it was, and of many nodes one does it.
 */
export class Scrubber {
  readonly #options: ScrubberOptions
  readonly #pause: Pick<Pause, 'wait' | 'close'>
  #state: ScrubState | null = null
  #savedAt = 0
  #stopping = false
  #running: Promise<void> | null = null

  constructor(options: ScrubberOptions) {
    this.#options = options
    this.#pause = options.pause ?? new Pause()
  }

  /** As of the last minute, whichever node does it; null before it is known. */
  get state(): ScrubState | null {
    return this.#state
  }

  start(): void {
    this.#running ??= this.#loop()
  }

  /** Resolves when it has noted how far it was. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#pause.close()
    await this.#running
  }

  async #loop(): Promise<void> {
    const { report } = this.#options
    while (!this.#stopping) {
      try {
        await this.step()
      } catch (error) {
        if (!this.#stopping) report(error)
      }
      await this.#pause.wait(POLL)
    }
  }

  /** Takes part in a pass until it ends, if there is one to be taken part in. */
  async step(): Promise<void> {
    const { scrub, damaged, bytesPerSecond } = this.#options
    await damaged.refresh()
    this.#state = await scrub.state()
    if (bytesPerSecond === 0 || !this.#isDue(this.#state)) return
    const claimed = await this.#claim()
    if (claimed === null) return
    // Another node may have ended the pass just before.
    if (this.#isDue(claimed)) await this.#pass(claimed)
    else await this.#save(claimed, true)
  }

  #isDue({ started, ended }: ScrubState): boolean {
    if (started !== null || ended === null) return true
    const now = this.#options.now()
    // Further ahead than clocks of nodes differ: it was noted by one that was set back since.
    return now >= ended + PASS_EVERY || ended > now + HELD
  }

  async #pass(from: ScrubState): Promise<void> {
    let state = from
    if (state.started === null) {
      const faults = await this.#lookAtDatabase(state)
      if (faults === null) return
      for (const { detail } of faults) this.#options.onDatabaseFault(detail)
      state = { ...state, started: this.#options.now(), position: null, databaseFaults: faults.length }
      if (!(await this.#save(state))) return
    }
    for (;;) {
      const page = await this.#options.images.list(state.position, PAGE)
      if (page.length === 0) {
        await this.#save({ ...state, started: null, position: null, ended: this.#options.now() }, true)
        return
      }
      for (const image of page) {
        if (this.#stopping) {
          await this.#save(state, true)
          return
        }
        await this.#look(image)
        state = { ...state, position: image.sha1 }
        if (this.#isToBeNoted && !(await this.#save(state))) return
      }
    }
  }

  /** null when it didn't come to an end: it is begun anew. */
  async #lookAtDatabase(state: ScrubState): Promise<readonly DatabaseFault[] | null> {
    let isOurs = true
    const keep = async (): Promise<void> => {
      if (this.#isToBeNoted) isOurs = await this.#save(state)
      if (this.#stopping || !isOurs) throw new Ended()
    }
    const rest = async (bytes: number): Promise<void> => {
      await this.#rest(bytes, keep)
      await this.#whileBusy(keep)
    }
    try {
      return await this.#options.findFaults({ rest })
    } catch (error) {
      if (isOurs) await this.#save(state, true)
      if (error instanceof Ended) return null
      throw error
    }
  }

  async #look(image: StoredImage): Promise<void> {
    const { images, originals, damaged } = this.#options
    await this.#whileBusy()
    const fault = await findPictureFault(originals, image)
    if (fault === null) await damaged.sound([image.sha1])
    // The collector may have removed it meanwhile.
    else if ((await images.find([image.sha1])).size > 0) await damaged.add(image.sha1, fault)
    await this.#rest(image.bytes + PER_PICTURE_BYTES)
  }

  async #whileBusy(keep?: () => Promise<void>): Promise<void> {
    while (this.#options.isBusy() && !this.#stopping) {
      await this.#pause.wait(BUSY_REST)
      await keep?.()
    }
  }

  /** After so many bytes, for as long as the rate says. @param keep called in between, where that is long */
  async #rest(bytes: number, keep?: () => Promise<void>): Promise<void> {
    // Counted down: the clock may be set.
    let left = (bytes / this.#options.bytesPerSecond) * SECOND
    for (;;) {
      const some = Math.min(left, NOTE_EVERY)
      if (some > 0 && !this.#stopping) await this.#pause.wait(durationMs(some))
      left -= some
      await keep?.()
      if (left <= 0 || this.#stopping) return
    }
  }

  get #isToBeNoted(): boolean {
    // The clock may have been set back.
    return Math.abs(this.#options.now() - this.#savedAt) >= NOTE_EVERY
  }

  #claim(): Promise<ScrubState | null> {
    const { scrub, holder, now } = this.#options
    return scrub.claim(holder, now(), this.#until())
  }

  /** False when another node has taken over. */
  async #save(state: ScrubState, isLettingGo = false): Promise<boolean> {
    const { scrub, holder } = this.#options
    const isOurs = await scrub.save(holder, isLettingGo ? timestampMs(0) : this.#until(), state)
    if (isOurs) this.#state = state
    this.#savedAt = this.#options.now()
    return isOurs
  }

  #until(): TimestampMs {
    return timestampMs(this.#options.now() + HELD)
  }
}
