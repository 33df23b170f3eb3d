import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { classNames } from './class-names.ts'
import { type Align, placeElement } from './place.ts'

export interface PopoverProps {
  /** What opens it shows. */
  readonly trigger: ReactNode
  /** What that is called, unless it says so itself. */
  readonly label?: string | undefined
  readonly triggerClassName: string
  /** What the popup is called. */
  readonly title: string
  readonly align?: Align
  readonly className?: string
  /** Made when it opens, given what closes it. */
  readonly children: (close: () => void) => ReactNode
}

/** A button that opens a small box beside it. The browser's own popover: it costs little code. */
export function Popover({
  trigger,
  label,
  triggerClassName,
  title,
  align = 'start',
  className,
  children,
}: PopoverProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popup = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)

  useEffect(() => {
    if (!open) return
    const place = (): void => showInPlace(popup.current, button.current, align)
    const observer = new ResizeObserver(place)
    if (popup.current !== null) observer.observe(popup.current)
    window.addEventListener('scroll', place, { capture: true, passive: true })
    window.addEventListener('resize', place)
    return () => {
      observer.disconnect()
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
    }
  }, [open, align])

  function onBeforeToggle(element: HTMLElement, isOpening: boolean): void {
    if (!isOpening) return
    // The browser tells that it is open only some time after it can be seen, and hit, in a corner of the window.
    element.style.visibility = 'hidden'
    flushSync(() => setOpen(true))
  }

  function onToggle(isOpen: boolean): void {
    if (!isOpen) return setOpen(false)
    showInPlace(popup.current, button.current, align)
    const first = popup.current?.querySelector<HTMLElement>(
      'input:not([type="radio"]), input:checked, select, button',
    )
    ;(first ?? popup.current)?.focus({ preventScroll: true })
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        title={label}
        className={triggerClassName}
      >
        {trigger}
      </button>
      {createPortal(
        // What is typed in it is not for the page around its button: that is all it listens for.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <dialog
          ref={popup}
          id={id}
          popover="auto"
          tabIndex={-1}
          aria-label={title}
          // Emptied only once it has closed: the focus goes back from inside.
          onBeforeToggle={(event) => onBeforeToggle(event.currentTarget, event.newState === 'open')}
          onToggle={(event) => onToggle(event.newState === 'open')}
          onKeyDown={(event) => event.stopPropagation()}
          onPointerUp={(event) => event.stopPropagation()}
          className={classNames(
            'fixed m-0 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-raised p-4 text-ink shadow-high outline-none',
            className,
          )}
        >
          {open && children(() => document.getElementById(id)?.hidePopover())}
        </dialog>,
        document.body,
      )}
    </>
  )
}

function showInPlace(popup: HTMLElement | null, anchor: Element | null, align: Align): void {
  if (popup === null || anchor === null) return
  placeElement(popup, anchor, align)
  popup.style.visibility = 'visible'
}
