import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import type { RangeChoice } from './range.ts'
import { parseSearch, sameView, toSearch, type ViewSearch } from './search.ts'
import type { Move, Timeline } from './timeline.ts'

/** Browsers allow only so many changes of the address in a row. */
const WRITE_AFTER_MS = 350

const noView = { range: undefined, from: undefined, to: undefined, t: undefined } as const

/** What the address says at the moment. */
export function useViewSearch(): ReturnType<typeof parseSearch> {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  return useMemo(() => parseSearch(search), [search])
}

/**
 * Keeps address and timeline the same: steps are written to the history, gestures replace the last entry.
 * @param fallback what an address without a range shows; the same object each time
 */
export function useViewUrl(timeline: Timeline, fallback: RangeChoice): void {
  const search: ViewSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  /** What was written last: the address that comes back from it is no news. */
  const written = useRef<ViewSearch | null>(null)

  useEffect(() => {
    if (written.current !== null && sameView(search, written.current)) return
    written.current = search
    const { choice, pinned } = parseSearch({ ...search })
    timeline.restore({ choice: choice ?? fallback, pinned })
  }, [search, timeline, fallback])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function write(move: Move): void {
      clearTimeout(timer)
      timer = undefined
      const next = toSearch(timeline.choice.get(), timeline.pinned.get())
      if (written.current !== null && sameView(next, written.current)) return
      written.current = next
      void navigate({
        to: '.',
        // An open picture stays open, and what is chosen chosen.
        search: ((before: ViewSearch) => ({ ...before, ...noView, ...next })) as never,
        replace: move === 'gesture',
        resetScroll: false,
      })
    }
    const stop = timeline.onMove((move) => {
      if (move === 'step') write(move)
      else {
        clearTimeout(timer)
        timer = setTimeout(() => write('gesture'), WRITE_AFTER_MS)
      }
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [navigate, timeline])
}
