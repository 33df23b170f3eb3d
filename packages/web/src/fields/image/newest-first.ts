/** A second one hides the way of the first; more would be in each other's way. */
const AT_ONCE = 2

export interface NewestFirstOptions<Key> {
  readonly load: (key: Key) => Promise<void>
  /** Told in the order in which they were wanted: what comes after a newer one is passed over. */
  readonly onLoaded: (key: Key) => void
  readonly onFailed: (key: Key) => void
}

/** Loads what is wanted, a few at a time. What is no longer wanted when its turn comes is never loaded. */
export interface NewestFirst<Key> {
  want(key: Key): void
  /** Nothing is told any more until something is wanted again. */
  readonly stop: () => void
}

export function newestFirst<Key>({ load, onLoaded, onFailed }: NewestFirstOptions<Key>): NewestFirst<Key> {
  let wanted: { readonly key: Key } | null = null
  let underWay = 0
  let last = 0
  let told = 0

  function next(): void {
    if (wanted === null || underWay >= AT_ONCE) return
    const { key } = wanted
    const order = ++last
    wanted = null
    underWay++
    load(key)
      .then(
        () => order > told && onLoaded(key),
        () => order > told && onFailed(key),
      )
      .finally(() => {
        told = Math.max(told, order)
        underWay--
        next()
      })
  }

  return {
    want(key) {
      wanted = { key }
      next()
    },
    stop() {
      wanted = null
      told = last
    },
  }
}
