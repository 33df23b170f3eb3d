import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ShownField } from '../fields/field-view.ts'
import type { ViewSearch } from './search.ts'
import { useSensors } from './sensors-context.ts'

/** Opens the picture of an image field at an instant; Back closes it. */
export function useOpenImage(): (field: Pick<ShownField, 'sensor' | 'name'>, t: number) => void {
  const navigate = useNavigate()
  const isAlone = useSensors().length === 1
  return useCallback(
    ({ sensor, name }, t) => {
      void navigate({
        to: '.',
        search: ((previous: ViewSearch) => ({
          ...previous,
          t,
          image: name,
          of: isAlone ? undefined : sensor,
        })) as never,
        // Told to the viewer, so that closing it goes back instead of adding to the history.
        state: { isImageStep: true } as never,
        resetScroll: false,
      })
    },
    [navigate, isAlone],
  )
}
