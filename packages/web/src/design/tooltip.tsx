import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { placeElement } from './place.ts'

/** A pointer that only passes by opens nothing. */
const REST_MS = 500

export interface TooltipProps {
  readonly text: string
  /** One control, with an accessible name of its own. */
  readonly children: ReactNode
}

/** Shows a short text at a control while it is hovered, or focused by key. */
export function Tooltip({ text, children }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function show(target: Element, delay: number): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(target), delay)
  }

  function hide(): void {
    clearTimeout(timer.current)
    setAnchor(null)
  }

  return (
    // It listens for the control in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className="contents"
      onPointerOver={({ pointerType, currentTarget }) => {
        const control = currentTarget.firstElementChild
        if (pointerType === 'mouse' && control !== null && anchor === null) show(control, REST_MS)
      }}
      onPointerOut={hide}
      onPointerDown={hide}
      onFocus={({ target }) => target.matches(':focus-visible') && show(target, 0)}
      onBlur={hide}
      onKeyDown={({ key }) => key === 'Escape' && hide()}
    >
      {children}
      {anchor !== null && <Tip text={text} anchor={anchor} />}
    </span>
  )
}

function Tip({ text, anchor }: { readonly text: string; readonly anchor: Element }) {
  return createPortal(
    <div
      ref={(element) => {
        if (element === null) return
        element.showPopover()
        placeElement(element, anchor, 'center')
      }}
      popover="manual"
      // Its control has this text as its name already.
      aria-hidden="true"
      className="pointer-events-none fixed m-0 max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-high"
    >
      {text}
    </div>,
    document.body,
  )
}
