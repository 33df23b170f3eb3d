import {
  DAY,
  durationMs,
  KEOGRAM_TILE_COLUMNS,
  KEOGRAM_TILE_HEIGHT,
  type KeogramColumn,
  keogramTileRange,
  MINUTE,
  SECOND,
  SenioError,
} from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { TaskStore } from '../../storage/task-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { Clock } from '../clock.ts'
import { deadline } from '../pictures/deadline.ts'
import { keep, readKept } from '../pictures/kept-webp.ts'
import { oncePerPeriod } from '../background/one-node.ts'
import { RecentBytes } from '../pictures/recent-bytes.ts'
import { RegularTask } from '../background/regular-task.ts'
import type { Strips } from '../pictures/strips.ts'
import { findImageField, imageField } from '../query/image-field.ts'
import { resolveRange } from '../query/range.ts'
import { drawStrip } from './draw-strip.ts'
import { collectKeograms } from './keogram-cache.ts'
import { type KeogramPlan, type KeogramPorts, planKeogram } from './plan-keogram.ts'

export interface KeogramsOptions extends KeogramPorts {
  /** Finished tiles: a cache. */
  readonly keograms: BlobStore
  readonly strips: Strips
  /** Which node collects. */
  readonly tasks: TaskStore
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

/** A keogram that may be had. */
export interface Keogram {
  /** Differs when it would show something else. */
  readonly key: string
  /** Whether its time is over and all of it is there: then only late measurements and deletions change it. */
  readonly isSettled: boolean
  /** Whether it will have more columns soon: thumbs of its pictures are still being made. */
  readonly hasPending: boolean
  /**
   * @throws SenioError `overloaded` when it can't be made in time; `shutting-down`, `storage-failing`
   */
  open(): Promise<KeogramPicture>
}

export interface KeogramPicture {
  /** A WebP picture. */
  readonly bytes: Uint8Array
  /** False while thumbs are lost: the same keogram will have more columns soon. */
  readonly isComplete: boolean
}

const REMEMBERED = 4 * 1024 * 1024
/** Pixels of all keograms being made at a time: their memory. */
const MOST_PIXELS = 64 * KEOGRAM_TILE_COLUMNS * KEOGRAM_TILE_HEIGHT
const PATIENCE = durationMs(30 * SECOND)

/**
 * Pictures of time: a column of pixels for each picture of a camera, so that a day or a month of it is one image.
 * Whoever asks is authorised for the sensor already.
 */
export class Keograms {
  readonly #options: KeogramsOptions
  readonly #recent = new RecentBytes(REMEMBERED)
  readonly #inFlight = new Map<string, Promise<KeogramPicture>>()
  readonly #collecting: RegularTask
  #pixels = 0

  constructor(options: KeogramsOptions) {
    this.#options = options
    this.#collecting = new RegularTask({
      run: () =>
        oncePerPeriod(options.tasks, 'old keograms', DAY, () =>
          collectKeograms(options.keograms, options.now()),
        ),
      first: durationMs(10 * MINUTE),
      every: DAY,
      report: options.report,
    })
  }

  /** Begins to remove old tiles. */
  start(): void {
    this.#collecting.start()
  }

  stop(): Promise<void> {
    return this.#collecting.stop()
  }

  /**
   * A tile: see `keogramTileRange`. Settled ones are kept.
   * @throws SenioError `not-found` when there is no such field or tile
   */
  async tile(
    sensor: Sensor,
    asked: {
      readonly field: string
      readonly msPerColumn: number
      readonly tile: number
      readonly column: KeogramColumn
      /** Only pictures of measurements found by this word. */
      readonly tag?: string | undefined
    },
  ): Promise<Keogram> {
    const field = findImageField(sensor, asked.field)
    const range = keogramTileRange(asked.msPerColumn, asked.tile)
    if (field === null || range === null) {
      throw new SenioError('not-found', 'There is no such image field or tile.')
    }
    const shape = { width: KEOGRAM_TILE_COLUMNS, height: KEOGRAM_TILE_HEIGHT, column: asked.column }
    const plan = await planKeogram(
      this.#options,
      { sensor: sensor.id, field: field.id, range, tag: asked.tag },
      shape,
    )
    const isSettled = !plan.hasPending && range.to <= this.#options.now()
    return {
      key: plan.key,
      isSettled,
      hasPending: plan.hasPending,
      open: () => this.#open(plan, isSettled),
    }
  }

  /**
   * Any range in any width, not kept.
   * @throws SenioError `unknown-field`, `parameter-invalid`
   */
  async image(
    sensor: Sensor,
    asked: {
      readonly field?: string | undefined
      readonly from?: number | undefined
      readonly to?: number | undefined
      /** Pixels. */
      readonly width: number
      /** Pixels. */
      readonly height: number
      readonly column: KeogramColumn
      /** Only pictures of measurements found by this word. */
      readonly tag?: string | undefined
    },
  ): Promise<Keogram> {
    const field = imageField(sensor, asked.field)
    const now = this.#options.now()
    const range = await resolveRange(asked, [field.id], this.#options.measurements, now)
    const { width, height, column, tag } = asked
    const plan = await planKeogram(
      this.#options,
      { sensor: sensor.id, field: field.id, range, tag },
      { width, height, column },
    )
    // The range may follow the newest picture: it is never settled.
    return {
      key: plan.key,
      isSettled: false,
      hasPending: plan.hasPending,
      open: () => this.#open(plan, false),
    }
  }

  async #open(plan: KeogramPlan, isKept: boolean): Promise<KeogramPicture> {
    const { keograms } = this.#options
    const recent = this.#recent.get(plan.key)
    if (recent !== null) return { bytes: recent, isComplete: true }
    const kept = isKept ? await readKept(keograms, plan.key) : null
    if (kept !== null) {
      this.#recent.add(plan.key, kept)
      return { bytes: kept, isComplete: true }
    }
    return deadline(this.#makeOnce(plan, isKept), PATIENCE, tooBusy)
  }

  /** Joins whoever is making the same. */
  #makeOnce(plan: KeogramPlan, isKept: boolean): Promise<KeogramPicture> {
    const others = this.#inFlight.get(plan.key)
    if (others !== undefined) return others
    const pixels = plan.shape.width * plan.shape.height
    if (this.#pixels + pixels > MOST_PIXELS) throw tooBusy()
    this.#pixels += pixels
    const making = this.#make(plan, isKept).finally(() => {
      this.#inFlight.delete(plan.key)
      this.#pixels -= pixels
    })
    this.#inFlight.set(plan.key, making)
    return making
  }

  async #make({ shape, columns, key }: KeogramPlan, isKept: boolean): Promise<KeogramPicture> {
    const { strips, keograms, report } = this.#options
    const found = await strips.of([...new Set(columns.map(({ image }) => image))], shape.column)
    const { width, height } = shape
    const drawn = { pixels: new Uint8Array(width * height * 4), width, height }
    let isComplete = true
    for (const { index, image } of columns) {
      const strip = found.get(image.sha1)
      if (strip === undefined) isComplete = false
      else drawStrip(drawn, index, strip)
    }
    const bytes = await strips.encode(drawn)
    if (!isComplete) return { bytes, isComplete }
    this.#recent.add(key, bytes)
    // Nothing to see is quickly made.
    if (isKept && columns.length > 0) await keep(keograms, key, bytes).catch(report)
    return { bytes, isComplete }
  }
}

function tooBusy(): SenioError {
  return new SenioError('overloaded', 'The keogram is still being made. Try again in a few seconds.', {
    retryAfter: 3,
  })
}
