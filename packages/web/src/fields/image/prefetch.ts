/** Fetches ahead of need. */
export interface Prefetcher {
  /** What is likely to be wanted next, the likeliest first; in place of what was said before. */
  expect(urls: readonly string[]): void
  /** Fetches nothing more. */
  readonly stop: () => void
}

export interface PrefetcherOptions {
  /** Whether it worked is of no interest: then it is fetched when it is wanted. */
  readonly load: (url: string) => Promise<unknown>
  /** So many are under way together: what is wanted now comes first. */
  readonly atOnce: number
  /** So many of the newest aren't fetched again. */
  readonly remembered: number
}

export function createPrefetcher({ load, atOnce, remembered }: PrefetcherOptions): Prefetcher {
  const known = new Set<string>()
  let queue: readonly string[] = []
  let underWay = 0

  function fill(): void {
    while (underWay < atOnce) {
      const url = queue.find((one) => !known.has(one))
      if (url === undefined) return
      known.add(url)
      const [oldest] = known
      if (known.size > remembered && oldest !== undefined) known.delete(oldest)
      underWay++
      load(url)
        .catch(() => {})
        .finally(() => {
          underWay--
          fill()
        })
    }
  }

  return {
    expect(urls) {
      queue = urls
      fill()
    },
    stop() {
      queue = []
    },
  }
}

/** Where the cursor goes next, seen in the direction in which it went last. */
const STEPS = [1, 2, -1, 3, 4, -2] as const

/**
 * What lies next to an item of a list, the likeliest first.
 * @param isForward whether the last move was to a later one
 */
export function neighboursOf<Item>(
  list: readonly Item[],
  index: number,
  isForward: boolean,
): readonly Item[] {
  return STEPS.flatMap((step) => list[index + (isForward ? step : -step)] ?? [])
}
