import { useCallback, useMemo, useSyncExternalStore } from 'react'

/** Whether a media query holds at the moment. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** The size of the window in CSS pixels, in steps that are worth drawing anew for. */
export function useWindowSize(): { readonly width: number; readonly height: number } {
  const width = useSyncExternalStore(onResize, () => inSteps(window.innerWidth))
  const height = useSyncExternalStore(onResize, () => inSteps(window.innerHeight))
  return useMemo(() => ({ width, height }), [width, height])
}

const STEP = 20

function inSteps(pixels: number): number {
  return Math.round(pixels / STEP) * STEP
}

function onResize(notify: () => void): () => void {
  window.addEventListener('resize', notify)
  return () => window.removeEventListener('resize', notify)
}

/** Whether the page can be seen: a hidden tab should do no work. */
export function useVisible(): boolean {
  return useSyncExternalStore(onVisibility, () => !document.hidden)
}

function onVisibility(notify: () => void): () => void {
  document.addEventListener('visibilitychange', notify)
  return () => document.removeEventListener('visibilitychange', notify)
}
