import type { Client } from '@senio/client'
import type { ImageJson } from '@senio/protocol/api'
import type { ShownField } from '../../field-view.ts'
import { spanOf } from '../../../timeline/range.ts'
import { indexAtOrBefore } from '../../../timeline/search-index.ts'
import { createSignal, type Signal } from '../../../timeline/signal.ts'
import type { Timeline } from '../../../timeline/timeline.ts'
import { fetchFrames } from './fetch-frames.ts'
import { createFrameLoader, type FrameLoader } from './frame-loader.ts'
import type { Pick } from './pick.ts'
import { createPlayer, type Player } from './player.ts'

/** The frames of one camera. */
interface Reel {
  readonly times: readonly number[]
  readonly loader: FrameLoader<ImageBitmap>
}

/** Plays all cameras of a view on its one cursor; the first camera with pictures sets the pace. */
export interface Theatre {
  readonly player: Player
  /** Counts what was shown, so that pictures are drawn anew. */
  readonly shown: Signal<number>
  /** The decoded frame of a camera at the playhead, or the last one before that is there; null when none is. */
  frameOf(key: string): ImageBitmap | null
  /** When that frame was taken, ms since the epoch. */
  takenAt(key: string): number | null
  /** Fetches what is missing and plays the range; pauses when it plays. */
  toggle(): Promise<void>
  /** Moves the cursor by a frame. */
  step(direction: -1 | 1): Promise<void>
  setPick(pick: Pick): void
  /** Ends playing and frees what is decoded. */
  close(): void
}

export interface TheatreOptions {
  readonly client: Client
  readonly timeline: Timeline
  /** Image fields, non-empty. */
  readonly fields: readonly ShownField[]
  readonly pick: Pick
  /** Told when the range has no pictures to play. */
  readonly onNone: () => void
  /** Told what went wrong while pictures were asked for. */
  readonly onError: (error: unknown) => void
}

export function createTheatre({ client, timeline, fields, pick, onNone, onError }: TheatreOptions): Theatre {
  let chosen = pick
  /** By the field's key. */
  let reels = new Map<string, Reel>()
  /** What the reels hold. */
  let loadedFor = ''
  let asking: AbortController | null = null
  let playhead = 0
  const shown = createSignal(0)

  const player = createPlayer({
    now: () => performance.now(),
    onFrame(run) {
      const id = requestAnimationFrame(run)
      return () => cancelAnimationFrame(id)
    },
    isReady: (index) => lead()?.loader.isReady(index) ?? true,
    onMove(t) {
      playhead = t
      timeline.play(t)
      for (const { times, loader } of reels.values()) {
        loader.want(Math.max(0, indexAtOrBefore(times, t)), player.rate.get(), player.loops.get())
      }
      shown.set(shown.get() + 1)
    },
    onRest(t) {
      timeline.play(null)
      timeline.pin(t)
    },
  })

  function lead(): Reel | undefined {
    return [...reels.values()].find(({ times }) => times.length > 0)
  }

  function closeReels(): void {
    for (const { loader } of reels.values()) loader.close()
    reels = new Map()
    loadedFor = ''
  }

  function frame(key: string) {
    const reel = reels.get(key)
    return reel?.loader.at(indexAtOrBefore(reel.times, playhead)) ?? null
  }

  async function load(): Promise<boolean> {
    const range = timeline.past()
    // A range that follows now moves on all the time.
    const step = spanOf(range) / 200
    const wanted = JSON.stringify([Math.round(range.from / step), Math.round(range.to / step), chosen])
    if (wanted === loadedFor) return true
    asking?.abort()
    const controller = new AbortController()
    asking = controller
    try {
      const answers = await Promise.all(
        fields.map(({ sensor, name }) =>
          fetchFrames(client, { sensor, field: name }, range, chosen, controller.signal),
        ),
      )
      if (controller.signal.aborted) return false
      closeReels()
      for (const [index, field] of fields.entries()) {
        reels.set(field.key, reelOf(field.sensor, answers[index] ?? []))
      }
      loadedFor = wanted
      player.setTimes(lead()?.times ?? [])
      return true
    } catch (error) {
      if (!controller.signal.aborted) onError(error)
      return false
    }
  }

  function reelOf(sensor: string, pictures: readonly ImageJson[]): Reel {
    return {
      times: pictures.map(({ timestamp }) => timestamp),
      loader: createFrameLoader({
        count: pictures.length,
        now: () => performance.now(),
        load: (index, signal) =>
          decodeThumb(client.imageUrl(sensor, pictures[index]?.image ?? '', 'thumb'), signal),
      }),
    }
  }

  async function toggle(): Promise<void> {
    if (player.state.get() === 'loading') {
      asking?.abort()
      return player.state.set('paused')
    }
    if (player.state.get() === 'playing') return player.pause()
    player.state.set('loading')
    if (!(await load())) return player.state.set('paused')
    if (lead() === undefined) onNone()
    player.play(timeline.cursor.get())
  }

  return {
    player,
    shown,
    frameOf: (key) => frame(key)?.picture ?? null,
    takenAt(key) {
      const index = frame(key)?.index
      return index === undefined ? null : (reels.get(key)?.times[index] ?? null)
    },
    toggle,
    async step(direction) {
      player.pause()
      if (!(await load())) return
      if (lead() === undefined) onNone()
      const t = player.neighbour(timeline.instant(), direction)
      if (t !== null) timeline.pin(t)
    },
    setPick(next) {
      chosen = next
      const wasPlaying = player.state.get() === 'playing'
      player.pause()
      if (wasPlaying) void toggle()
    },
    close() {
      asking?.abort()
      player.pause()
      timeline.play(null)
      closeReels()
    },
  }
}

/** Decodes away from the page's thread. */
async function decodeThumb(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new TypeError(`${url} got ${response.status}`)
  return createImageBitmap(await response.blob())
}
