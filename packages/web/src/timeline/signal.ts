/** A value that others watch without React: for what changes up to 60 times a second. */
export interface Signal<Value> {
  readonly get: () => Value
  /** Tells the watchers, unless it is the same value (Object.is). */
  readonly set: (value: Value) => void
  /** @returns what ends it */
  readonly subscribe: (watcher: () => void) => () => void
}

/** A signal for those who only watch. */
export type Watchable<Value> = Pick<Signal<Value>, 'get' | 'subscribe'>

export function createSignal<Value>(initial: Value): Signal<Value> {
  let current = initial
  const watchers = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const watcher of watchers) watcher()
    },
    subscribe(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

/**
 * Runs `watcher` after every change of one of the signals.
 * @returns what ends it
 */
export function watchAll(signals: readonly Watchable<unknown>[], watcher: () => void): () => void {
  const stops = signals.map((signal) => signal.subscribe(watcher))
  return () => {
    for (const stop of stops) stop()
  }
}
