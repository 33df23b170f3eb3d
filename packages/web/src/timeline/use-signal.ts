import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { Watchable } from './signal.ts'

/** The signal's value; renders at every change. Not for the cursor: see `useSignalEffect`. */
export function useSignal<Value>(signal: Watchable<Value>): Value {
  return useSyncExternalStore(signal.subscribe, signal.get)
}

/** Runs after every change of one of the signals, without rendering, and after every rendering. */
export function useSignalEffect(signals: readonly Watchable<unknown>[], effect: () => void): void {
  const run = useEffectEvent(effect)
  useEffect(() => run())
  useEffect(() => {
    const stops = signals.map((signal) => signal.subscribe(() => run()))
    return () => {
      for (const stop of stops) stop()
    }
    // Signals live as long as the view.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
}

/** What `read` says, at most every `ms`: the first change at once, the last one always. */
export function useThrottled<Value>(
  signals: readonly Watchable<unknown>[],
  read: () => Value,
  ms: number,
): Value {
  const [value, setValue] = useState(read)
  const update = useEffectEvent(() => setValue(() => read()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    function onChange(): void {
      if (timer !== undefined) return
      const wait = Math.max(0, last + ms - performance.now())
      timer = setTimeout(() => {
        timer = undefined
        last = performance.now()
        update()
      }, wait)
    }
    update()
    const stops = signals.map((signal) => signal.subscribe(onChange))
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
    // Signals live as long as the view.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [ms])
  return value
}

/** What `read` says: the first change of a movement at once, and then not before it has rested for `ms`. */
export function useRested<Value>(
  signals: readonly Watchable<unknown>[],
  read: () => Value,
  ms: number,
): Value {
  const [value, setValue] = useState(read)
  const update = useEffectEvent(() => setValue(() => read()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function onChange(): void {
      const isFirst = timer === undefined
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        update()
      }, ms)
      if (isFirst) update()
    }
    update()
    const stops = signals.map((signal) => signal.subscribe(onChange))
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
    // Signals live as long as the view.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [ms])
  return value
}
