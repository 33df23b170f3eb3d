import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ViewSearch } from './search.ts'

/** Opens the picture of an image field at an instant; Back closes it. */
export function useOpenImage(): (field: string, t: number) => void {
  const navigate = useNavigate()
  return useCallback(
    (field, t) => {
      void navigate({
        to: '.',
        search: ((previous: ViewSearch) => ({ ...previous, t, image: field })) as never,
        // Told to the viewer, so that closing it goes back instead of adding to the history.
        state: { isImageStep: true } as never,
        resetScroll: false,
      })
    },
    [navigate],
  )
}
