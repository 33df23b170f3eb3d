import { vi } from 'vitest'

/** Tries again until it holds; for what no text on the page announces. */
export function eventually(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000 })
}
