import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ViewSearch } from '../../timeline/search.ts'
import { createStored } from '../../timeline/stored.ts'
import { useSignal } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'

/** The cameras that were shown as keograms last, by their keys: what an address says that names none. */
const lastKeograms = createStored<readonly string[]>(
  'senio-keograms',
  (stored) => parseKeograms(stored ?? ''),
  (keys) => keys.join(','),
)

/** Keys of cameras, separated by commas, which names don't hold. */
export function parseKeograms(list: string): readonly string[] {
  return [...new Set(list.split(','))].filter((key) => key !== '')
}

/** The list with a camera in it, or without it. */
export function withKeogram(keys: readonly string[], key: string, isShown: boolean): readonly string[] {
  const others = keys.filter((other) => other !== key)
  return isShown ? [...others, key] : others
}

/** Whether a camera is shown as a keogram, and what changes that: said by the address, and remembered. */
export function useStripMode({
  key,
}: ShownField): [isKeogram: boolean, choose: (isKeogram: boolean) => void] {
  const search: ViewSearch = useSearch({ strict: false })
  const remembered = useSignal(lastKeograms)
  const navigate = useNavigate()
  const choose = useCallback(
    (isKeogram: boolean) => {
      void navigate({
        to: '.',
        search: ((search: ViewSearch) => {
          const before =
            typeof search.keogram === 'string' ? parseKeograms(search.keogram) : lastKeograms.get()
          const next = withKeogram(before, key, isKeogram)
          lastKeograms.set(next)
          return { ...search, keogram: next.join(',') }
        }) as never,
        replace: true,
        state: true,
        resetScroll: false,
      })
    },
    [navigate, key],
  )
  return [(search.keogram === undefined ? remembered : shownIn({ ...search })).includes(key), choose]
}

function shownIn(search: Readonly<Record<string, unknown>>): readonly string[] {
  const { keogram } = search
  return typeof keogram !== 'string' ? lastKeograms.get() : parseKeograms(keogram)
}
