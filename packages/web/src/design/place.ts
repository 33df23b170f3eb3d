/** A box on the screen, in CSS pixels from its left upper corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Which edge of what it belongs to a popup keeps to. */
export type Align = 'start' | 'center' | 'end'

/** Between a popup and what it belongs to, and to the edges of the window. */
const GAP = 6
const EDGE = 8

/** Where a popup lies: below what it belongs to, above it where there is no room, and within the window. */
export function placePopup(
  anchor: Box,
  popup: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
  align: Align,
): { readonly left: number; readonly top: number } {
  const shift = { start: 0, center: (anchor.width - popup.width) / 2, end: anchor.width - popup.width }[align]
  const below = anchor.top + anchor.height + GAP
  const above = anchor.top - GAP - popup.height
  const fits = below + popup.height <= view.height - EDGE || above < EDGE
  return {
    left: within(anchor.left + shift, view.width - popup.width - EDGE),
    top: within(fits ? below : above, view.height - popup.height - EDGE),
  }
}

function within(value: number, most: number): number {
  return Math.round(Math.max(EDGE, Math.min(most, value)))
}

/** Moves an open popup to its place. */
export function placeElement(popup: HTMLElement, anchor: Element, align: Align): void {
  const size = { width: popup.offsetWidth, height: popup.offsetHeight }
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight }
  const { left, top } = placePopup(anchor.getBoundingClientRect(), size, view, align)
  popup.style.left = `${left}px`
  popup.style.top = `${top}px`
}
