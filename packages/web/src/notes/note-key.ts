const TYPING =
  'input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"], [role="listbox"], dialog'

/** Whether a key asks for a note at the cursor. */
export function isNoteKey(event: KeyboardEvent): boolean {
  if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return false
  return !(event.target instanceof Element) || event.target.closest(TYPING) === null
}
