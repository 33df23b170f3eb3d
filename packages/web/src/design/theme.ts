import { createContext, useContext } from 'react'

/** What a person chose: `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark'

export interface Theme {
  readonly choice: ThemeChoice
  /** What is shown now. Redraw canvases when it changes. */
  readonly shown: 'light' | 'dark'
  readonly setChoice: (choice: ThemeChoice) => void
}

export const ThemeContext = createContext<Theme>({ choice: 'system', shown: 'light', setChoice: () => {} })

export function useTheme(): Theme {
  return useContext(ThemeContext)
}

/**
 * A colour token as canvases understand it, in the theme that is shown.
 * @param token for example `--series-1`
 */
export function readColor(token: `--${string}`, within: HTMLElement = document.documentElement): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  within.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
