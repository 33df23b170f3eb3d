import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ViewSearch } from '../timeline/search.ts'
import { useViewSearch } from '../timeline/use-view-url.ts'

/** The tag whose measurements alone are shown, null for all; said by the address. */
export function useTag(): string | null {
  return useViewSearch().tag
}

/** Shows the measurements with a tag alone, or all again (null); Back undoes it. */
export function useChooseTag(): (tag: string | null) => void {
  const navigate = useNavigate()
  return useCallback(
    (tag) => {
      void navigate({
        to: '.',
        search: ((before: ViewSearch) => ({ ...before, tag: tag ?? undefined })) as never,
        state: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
}

const NO_TAG: readonly string[] = []

/** What the names of cached answers end with: those of a tag are others than those of all. */
export function useTagKey(): readonly string[] {
  const tag = useTag()
  return useMemo(() => (tag === null ? NO_TAG : [`tag ${tag}`]), [tag])
}
