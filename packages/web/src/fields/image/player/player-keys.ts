/** What a key means to the player. */
export type PlayerKey = 'toggle' | 'before' | 'after'

const KEYS: Readonly<Record<string, PlayerKey>> = { ' ': 'toggle', ',': 'before', '.': 'after' }
/** Whoever is in there uses these keys otherwise. */
const TYPING =
  'input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"], [role="listbox"]'
const PRESSED = 'button, a, summary, [role="option"], [role="menuitem"]'

/** null for other keys, and where the key has another meaning. */
export function playerKeyOf(event: KeyboardEvent): PlayerKey | null {
  const meaning = KEYS[event.key]
  if (meaning === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return null
  const { target } = event
  if (!(target instanceof Element)) return meaning
  if (target.closest(TYPING) !== null) return null
  return meaning === 'toggle' && target.closest(PRESSED) !== null ? null : meaning
}
