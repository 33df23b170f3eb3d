import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ViewSearch } from '../../timeline/search.ts'

/** Keys of fields, separated by commas, which names don't hold; nonsense hides nothing. */
export function parseHidden(list: unknown): ReadonlySet<string> {
  return new Set(typeof list === 'string' ? list.split(',').filter((key) => key !== '') : [])
}

/** The list with a field in it, or without it if it was there; undefined when it is empty. */
export function withToggled(list: unknown, key: string): string | undefined {
  const keys = new Set(parseHidden(list))
  if (!keys.delete(key)) keys.add(key)
  return keys.size === 0 ? undefined : [...keys].join(',')
}

/** The fields whose lines are hidden, by their keys, and what hides or shows one: said by the address. */
export function useHiddenFields(): readonly [hidden: ReadonlySet<string>, toggle: (key: string) => void] {
  const { hide }: ViewSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const toggle = useCallback(
    (key: string) => {
      void navigate({
        to: '.',
        search: ((search: ViewSearch) => ({ ...search, hide: withToggled(search.hide, key) })) as never,
        replace: true,
        state: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [useMemo(() => parseHidden(hide), [hide]), toggle]
}
