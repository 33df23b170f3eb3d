/** A decoded picture that frees its memory when it is closed. */
export interface Decoded {
  close(): void
}

export interface FrameLoaderOptions<Picture extends Decoded> {
  /** Number of frames. */
  readonly count: number
  readonly load: (index: number, signal: AbortSignal) => Promise<Picture>
  /** In ms, for measuring. */
  readonly now: () => number
}

/** Fetches and decodes frames ahead of when they are shown. */
export interface FrameLoader<Picture> {
  /** Fetches on from a frame, at so many frames a second, and forgets those that lie back. */
  want(index: number, rate: number, loops: boolean): void
  /** The newest frame at or before the index that is decoded; null when none near is. */
  at(index: number): { readonly index: number; readonly picture: Picture } | null
  /** Whether the next frames are there. */
  isReady(index: number): boolean
  close(): void
}

/** Browsers open six connections to a server, and one of them is that of the live values. */
const AT_ONCE = 5
/** So many decoded frames are kept. */
const KEPT = 150
const BEHIND = 12
const READY = 8
/** How far back a late frame is still better than none. */
const REACH = 40
const SMOOTHING = 0.15
const MOST_SKIPPED = 12

/**
 * What can't be fetched in time is left out: the slower the answers, the fewer frames are asked for, evenly.
 */
export function createFrameLoader<Picture extends Decoded>({
  count,
  load,
  now,
}: FrameLoaderOptions<Picture>): FrameLoader<Picture> {
  const decoded = new Map<number, Picture>()
  const underWay = new Map<number, AbortController>()
  const failed = new Set<number>()
  /** How long a frame takes, in ms; smoothed. */
  let latency = 20
  let wanted: readonly number[] = []
  let isClosed = false

  function plan(index: number, rate: number, loops: boolean): number[] {
    const capacity = (AT_ONCE * 1000) / latency
    const stride = Math.min(MOST_SKIPPED, Math.max(1, Math.ceil((rate / capacity) * 0.9)))
    const ahead = Math.min(KEPT - BEHIND, Math.max(READY, Math.ceil(rate * 2)))
    // On the same grid all the time, or every frame would be a new one.
    const first = Math.ceil(index / stride) * stride
    const frames = [index]
    for (let i = first; i < index + ahead; i += stride) {
      if (i < count) frames.push(i)
      else if (loops && count > 0) frames.push(i % count)
    }
    return [...new Set(frames)].filter((frame) => frame < count)
  }

  function forgetAllBut(kept: ReadonlySet<number>, index: number): void {
    for (const [frame, controller] of underWay) if (!kept.has(frame)) controller.abort()
    if (decoded.size <= KEPT) return
    for (const [frame, picture] of decoded) {
      if (kept.has(frame) || (frame <= index && frame > index - BEHIND)) continue
      picture.close()
      decoded.delete(frame)
    }
  }

  async function fetchFrame(frame: number): Promise<void> {
    const controller = new AbortController()
    underWay.set(frame, controller)
    const start = now()
    try {
      const picture = await load(frame, controller.signal)
      if (isClosed || controller.signal.aborted) return picture.close()
      decoded.set(frame, picture)
      latency += (now() - start - latency) * SMOOTHING
    } catch {
      // A frame that can't be had is passed over.
      if (!controller.signal.aborted) failed.add(frame)
    } finally {
      underWay.delete(frame)
      fill()
    }
  }

  function fill(): void {
    if (isClosed) return
    for (const frame of wanted) {
      if (underWay.size >= AT_ONCE) return
      if (decoded.has(frame) || underWay.has(frame) || failed.has(frame)) continue
      void fetchFrame(frame)
    }
  }

  return {
    want(index, rate, loops) {
      wanted = plan(index, rate, loops)
      forgetAllBut(new Set(wanted), index)
      fill()
    },
    at(index) {
      for (let frame = index; frame >= 0 && frame > index - REACH; frame--) {
        const picture = decoded.get(frame)
        if (picture !== undefined) return { index: frame, picture }
      }
      return null
    },
    isReady: (index) =>
      wanted
        .filter((frame) => frame >= index)
        .slice(0, READY)
        .every((frame) => decoded.has(frame) || failed.has(frame)),
    close() {
      isClosed = true
      for (const controller of underWay.values()) controller.abort()
      for (const picture of decoded.values()) picture.close()
      decoded.clear()
    },
  }
}
