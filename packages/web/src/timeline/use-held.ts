import { useState } from 'react'

/**
 * The last that was known under each name, while something newer is on its way; names that are no longer asked for are
 * let go. The same object until something changes.
 */
export function useHeld<Value extends object>(
  known: Readonly<Record<string, Value | undefined>>,
): Readonly<Record<string, Value>> {
  const [held, setHeld] = useState<Readonly<Record<string, Value>>>({})
  const next = hold(held, known)
  if (next !== held) setHeld(next)
  return next
}

/** What is held once something else is known; the same object when that changes nothing. */
export function hold<Value extends object>(
  held: Readonly<Record<string, Value>>,
  known: Readonly<Record<string, Value | undefined>>,
): Readonly<Record<string, Value>> {
  const next: Record<string, Value> = {}
  for (const [name, value] of Object.entries(known)) {
    const kept = value ?? held[name]
    if (kept !== undefined) next[name] = kept
  }
  const names = Object.keys(next)
  const isSame = names.length === Object.keys(held).length && names.every((name) => next[name] === held[name])
  return isSame ? held : next
}
