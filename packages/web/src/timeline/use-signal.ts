import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { type Pace, throttle, whenRested } from './pace.ts'
import { type Watchable, watchAll } from './signal.ts'

/** Signals live as long as the view: every rendering of a component passes the same ones. */
type Signals = readonly Watchable<unknown>[]

/** The signal's value; renders at every change. Not for the cursor: see `useSignalEffect`. */
export function useSignal<Value>(signal: Watchable<Value>): Value {
  return useSyncExternalStore(signal.subscribe, signal.get)
}

/** Runs after every change of one of the signals, without rendering, and after every rendering. */
export function useSignalEffect(signals: Signals, effect: () => void): void {
  const [watched] = useState(signals)
  const run = useEffectEvent(effect)
  useEffect(() => run())
  useEffect(() => watchAll(watched, () => run()), [watched])
}

/** What `read` says, at most every `ms`: the first change at once, the last one always. */
export function useThrottled<Value>(signals: Signals, read: () => Value, ms: number): Value {
  return usePaced(signals, read, throttle, ms)
}

/** What `read` says: the first change of a movement at once, and then not before it has rested for `ms`. */
export function useRested<Value>(signals: Signals, read: () => Value, ms: number): Value {
  return usePaced(signals, read, whenRested, ms)
}

function usePaced<Value>(
  signals: Signals,
  read: () => Value,
  pace: (act: () => void, ms: number) => Pace,
  ms: number,
): Value {
  const [watched] = useState(signals)
  const [value, setValue] = useState(read)
  const update = useEffectEvent(() => setValue(() => read()))
  useEffect(() => {
    const { changed, stop } = pace(() => update(), ms)
    const unwatch = watchAll(watched, changed)
    return () => {
      unwatch()
      stop()
    }
  }, [watched, pace, ms])
  return value
}
