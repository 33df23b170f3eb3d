import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

interface FreshKeys {
  readonly keys: ReadonlyMap<string, string>
  readonly remember: (sensor: string, key: string) => void
}

const FreshKeysContext = createContext<FreshKeys>({ keys: new Map(), remember: () => {} })

/**
 * Holds device keys that were created on this page, for the snippets that need them, until the page is closed or the
 * person signs out. They are kept in memory alone: not in the URL, the history or the browser's storage.
 */
export function FreshKeysProvider({ children }: { readonly children: ReactNode }) {
  const [keys, setKeys] = useState<ReadonlyMap<string, string>>(new Map())
  const freshKeys = useMemo(
    () => ({
      keys,
      remember: (sensor: string, key: string) => setKeys((before) => new Map(before).set(sensor, key)),
    }),
    [keys],
  )
  return <FreshKeysContext value={freshKeys}>{children}</FreshKeysContext>
}

/** The key of a sensor if it was created on this page; otherwise undefined. */
export function useFreshKey(sensor: string): string | undefined {
  return useContext(FreshKeysContext).keys.get(sensor)
}

export function useRememberKey(): (sensor: string, key: string) => void {
  return useContext(FreshKeysContext).remember
}
