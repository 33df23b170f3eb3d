import { indexAtOrBefore } from '../../../timeline/search-index.ts'
import { createSignal, type Signal } from '../../../timeline/signal.ts'

/** What stands still when nothing plays: the pictures of the range have to be fetched first. */
export type PlayerState = 'paused' | 'loading' | 'playing'

export interface PlayerOptions {
  /** ms, steady. */
  readonly now: () => number
  /** Calls back before the next picture of the screen. @returns what takes it back */
  readonly onFrame: (run: () => void) => () => void
  /** Whether the pictures from a frame on are there; until then it waits, though not for ever. */
  readonly isReady: (index: number) => boolean
  /** Told the instant that is played, up to 60 times a second. */
  readonly onMove: (t: number, index: number) => void
  /** Told when it comes to rest, at the instant of a frame. */
  readonly onRest: (t: number) => void
}

/** Plays instants one after the other. What is shown follows the clock: late frames are left out. */
export interface Player {
  readonly state: Signal<PlayerState>
  /** Frames a second. */
  readonly rate: Signal<number>
  readonly loops: Signal<boolean>
  /** When the frames were taken, ascending; ms since the epoch. */
  readonly times: () => readonly number[]
  setTimes(times: readonly number[]): void
  /** From the frame at or before an instant; from the first when that is the last one. */
  play(from: number | null): void
  pause(): void
  /** To the instant of the frame before (-1) or after (1) an instant; null when there is none. */
  neighbour(t: number, direction: -1 | 1): number | null
}

/** It begins without what isn't there after so long. */
const LONGEST_WAIT = 2000

export function createPlayer(options: PlayerOptions): Player {
  const { now, onFrame, isReady, onMove, onRest } = options
  const state = createSignal<PlayerState>('paused')
  const rate = createSignal(10)
  const loops = createSignal(true)
  let times: readonly number[] = []
  /** The frame that is shown, with the way to the next one as its fraction. */
  let position = 0
  let last = 0
  let waiting = 0
  let stop: (() => void) | null = null

  function instant(): number {
    const index = Math.min(times.length - 1, Math.floor(position))
    const [t = 0, next = t] = [times[index], times[index + 1]]
    return t + (next - t) * (position - index)
  }

  function advance(): void {
    const time = now()
    const elapsed = time - last
    last = time
    const index = Math.floor(position)
    if (waiting > 0 && !isReady(index)) {
      waiting -= elapsed
    } else {
      waiting = 0
      position += (elapsed / 1000) * rate.get()
    }
    if (position >= times.length - 1 && !loops.get()) {
      position = times.length - 1
      return rest()
    }
    // The last frame is seen as long as the others.
    if (position >= times.length) position %= times.length
    onMove(instant(), Math.floor(position))
    stop = onFrame(advance)
  }

  function rest(): void {
    stop?.()
    stop = null
    if (state.get() !== 'playing') return
    state.set('paused')
    const t = times[Math.min(times.length - 1, Math.floor(position))]
    if (t !== undefined) onRest(t)
  }

  return {
    state,
    rate,
    loops,
    times: () => times,
    setTimes(next) {
      times = next
    },
    play(from) {
      stop?.()
      if (times.length === 0) return state.set('paused')
      const index = from === null ? 0 : Math.max(0, indexAtOrBefore(times, from))
      position = index >= times.length - 1 ? 0 : index
      last = now()
      waiting = LONGEST_WAIT
      state.set('playing')
      onMove(instant(), Math.floor(position))
      stop = onFrame(advance)
    },
    pause: rest,
    neighbour(t, direction) {
      const index = indexAtOrBefore(times, t)
      const isBetween = times[index] !== t
      return times[direction === 1 || !isBetween ? index + direction : index] ?? null
    },
  }
}
