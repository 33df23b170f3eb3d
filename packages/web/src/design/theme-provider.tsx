import { type ReactNode, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type ThemeChoice, ThemeContext } from './theme.ts'

const STORED_AS = 'senio.theme'

/** Applies the chosen theme to the document and remembers it in this browser. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice)
  const systemIsDark = useSyncExternalStore(onSystemChange, () => systemQuery().matches)

  // Before the effects of whoever draws with the colours.
  useLayoutEffect(() => {
    if (choice === 'system') {
      delete document.documentElement.dataset['theme']
      forget()
    } else {
      document.documentElement.dataset['theme'] = choice
      remember(choice)
    }
  }, [choice])

  const shown = choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice
  const theme = useMemo(() => ({ choice, shown, setChoice }) as const, [choice, shown])
  return <ThemeContext value={theme}>{children}</ThemeContext>
}

function systemQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)')
}

function onSystemChange(notify: () => void): () => void {
  const query = systemQuery()
  query.addEventListener('change', notify)
  return () => query.removeEventListener('change', notify)
}

// Browsers may forbid storage: the choice then lasts until the page is closed.

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function remember(choice: ThemeChoice): void {
  try {
    localStorage.setItem(STORED_AS, choice)
  } catch {
    // See above.
  }
}

function forget(): void {
  try {
    localStorage.removeItem(STORED_AS)
  } catch {
    // See above.
  }
}
