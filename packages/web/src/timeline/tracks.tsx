import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { classNames } from '../design/class-names.ts'
import { CursorLine, SelectionBox } from './cursor-line.tsx'
import { pressKey } from './gestures/keyboard.ts'
import { attachPointerGestures } from './gestures/pointer-gestures.ts'
import { attachWheelGestures } from './gestures/wheel-gestures.ts'
import { useTimeline } from './timeline-context.ts'
import { text } from './texts.ts'

/** Room for the labels of value axes, and for half a time label at the end; CSS pixels. */
const GUTTER = 56
const NARROW_GUTTER = 50
const END = 14
const NARROW_BELOW = 440

const HINT_MS = 1600

export interface TracksProps {
  readonly children: ReactNode
  readonly className?: string | undefined
}

/** The tracks above their time axis: one stage for pointers, wheel and keys, and for the cursor that crosses all. */
export function Tracks({ children, className }: TracksProps) {
  const timeline = useTimeline()
  const stage = useRef<HTMLDivElement>(null)
  const [hint, showHint] = useHint()

  useEffect(() => {
    const element = stage.current
    if (element === null) return
    const observer = new ResizeObserver(() => measure(element))
    function measure(box: HTMLElement): void {
      const left = box.clientWidth < NARROW_BELOW ? NARROW_GUTTER : GUTTER
      timeline.plot.set({ left, width: Math.max(0, box.clientWidth - left - END) })
    }
    measure(element)
    observer.observe(element)
    const stopPointers = attachPointerGestures(element, timeline)
    const stopWheel = attachWheelGestures(element, timeline, showHint)
    return () => {
      observer.disconnect()
      stopPointers()
      stopWheel()
    }
  }, [timeline, showHint])

  function onKeyDown(event: KeyboardEvent): void {
    // Dialogs of what is in it are elsewhere on the page.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (pressKey(timeline, event.key, event.shiftKey)) event.preventDefault()
  }

  /** Keys go on from where somebody clicked. */
  function onPointerUp(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('[data-drag="zoom"]') !== null) {
      // The axis is that of the view, which may be of several stages.
      const view = stage.current?.closest('[data-timeline]')
      view?.querySelector<HTMLElement>('[role="slider"][data-drag="pan"]')?.focus({ preventScroll: true })
    }
  }

  return (
    // Keys are those of the slider on the axis; here they work from pictures and legends, too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={stage}
      onKeyDown={onKeyDown}
      onPointerUp={onPointerUp}
      className={classNames('relative select-none', className)}
    >
      {children}
      <SelectionBox />
      <CursorLine />
      {hint && (
        <p
          aria-hidden="true"
          className="pointer-events-none absolute top-16 left-1/2 z-20 -translate-x-1/2 rounded-md bg-ink px-3 py-1.5 text-sm text-canvas shadow-high"
        >
          {text('holdToZoom', { key: modifierName() })}
        </p>
      )}
    </div>
  )
}

function modifierName(): string {
  return navigator.userAgent.includes('Mac') ? '⌘' : text('keyCtrl')
}

/** Shown for a moment, and only the first times: later it would be a nuisance. */
function useHint(): [boolean, () => void] {
  const [shown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const times = useRef(0)
  const [show] = useState(() => () => {
    if (timer.current === undefined && ++times.current > 2) return
    setShown(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = undefined
      setShown(false)
    }, HINT_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return [shown, show]
}
