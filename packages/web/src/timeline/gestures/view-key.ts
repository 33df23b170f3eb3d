/** Whoever is in there uses keys otherwise. */
const TYPING =
  'input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"], [role="listbox"], dialog'

/** Whether a key was pressed that means the same everywhere on the page of a view, but where one types. */
export function isViewKey(event: KeyboardEvent, key: string): boolean {
  if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return false
  return !(event.target instanceof Element) || event.target.closest(TYPING) === null
}
