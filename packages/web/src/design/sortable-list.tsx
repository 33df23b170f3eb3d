import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react'
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import { moved, positionAt, type RowBox, scrollSpeed, shifts } from './move.ts'
import { text } from './texts.ts'

export interface SortableItem {
  readonly id: string
  /** For people: "temp". */
  readonly label: string
}

export interface SortableListProps<Item extends SortableItem> {
  readonly items: readonly Item[]
  readonly onReorder: (items: readonly Item[]) => void
  /** What a row shows, and its actions; `move` holds the controls that move it. */
  readonly children: (item: Item, move: SortableControls) => ReactNode
  readonly className?: string
  readonly rowClassName?: string
}

export interface SortableControls {
  /** For a pointer: to be dragged. */
  readonly handle: ReactNode
  /** For keyboards, screen readers and steady hands. */
  readonly buttons: ReactNode
}

/** Places are px from the top of the page: it may scroll meanwhile. */
interface Drag {
  readonly index: number
  readonly startY: number
  readonly y: number
  /** All rows when it began. */
  readonly rows: readonly RowBox[]
}

/** So close to an edge of the window, in px, a drag scrolls the page. */
const SCROLL_WITHIN = 72
/** Fastest, in px a frame. */
const SCROLL_BY = 14

/** What these keys do there already. */
const OWN_ARROWS = 'select, textarea, [role="combobox"]'

/** A list whose rows are put in order by dragging, by buttons or by Alt and arrows; each move is announced. */
export function SortableList<Item extends SortableItem>(props: SortableListProps<Item>) {
  const { items, onReorder, children, className, rowClassName } = props
  const list = useRef<HTMLUListElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [said, setSaid] = useState('')
  /** Where the pointer is in the window. */
  const pointerY = useRef(0)

  /** What had the focus when its row was moved: with it goes the focus. */
  const held = useRef<Element>(null)
  useLayoutEffect(() => {
    const element = held.current
    held.current = null
    if (element instanceof HTMLElement) keepFocus(element)
  })

  function move(from: number, to: number) {
    const item = items[from]
    if (item === undefined || from === to || to < 0 || to >= items.length) return
    held.current = list.current?.contains(document.activeElement) === true ? document.activeElement : null
    onReorder(moved(items, from, to))
    setSaid(text('movedTo', { name: item.label, place: to + 1, count: items.length }))
  }

  function press(event: KeyboardEvent, index: number) {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step === null || !event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return
    // Dialogs of what is in a row are elsewhere on the page.
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return
    if (event.target.closest(OWN_ARROWS) !== null) return
    event.preventDefault()
    move(index, index + step)
  }

  function start(event: PointerEvent, index: number) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const rows = [...(list.current?.children ?? [])].map((row) => {
      const { top, height } = row.getBoundingClientRect()
      return { top: top + window.scrollY, height }
    })
    pointerY.current = event.clientY
    setDrag({ index, startY: event.pageY, y: event.pageY, rows })
  }

  const isDragging = drag !== null
  useEffect(() => {
    if (!isDragging) return
    let frame = requestAnimationFrame(scroll)
    function scroll(): void {
      frame = requestAnimationFrame(scroll)
      const by = scrollSpeed(pointerY.current, window.innerHeight, SCROLL_WITHIN) * SCROLL_BY
      const before = window.scrollY
      if (by === 0) return
      window.scrollBy(0, by)
      const scrolled = window.scrollY - before
      if (scrolled !== 0) setDrag((now) => (now === null ? null : { ...now, y: now.y + scrolled }))
    }
    return () => cancelAnimationFrame(frame)
  }, [isDragging, pointerY])

  function end() {
    if (drag !== null) move(drag.index, targetOf(drag))
    setDrag(null)
  }

  return (
    <>
      <ul ref={list} className={className}>
        {items.map((item, index) => (
          // Keys of the buttons in it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={item.id}
            onKeyDown={(event) => press(event, index)}
            className={classNames(
              rowClassName,
              drag?.index === index && 'relative z-10 shadow-high',
              drag !== null && drag.index !== index && 'transition-transform',
            )}
            style={{ transform: drag === null ? undefined : `translateY(${shiftOf(drag, index)}px)` }}
          >
            {children(item, {
              handle: (
                <span
                  aria-hidden="true"
                  className="grid h-9 w-5 shrink-0 cursor-grab touch-none place-content-center text-muted active:cursor-grabbing pointer-coarse:h-11 pointer-coarse:w-8"
                  onPointerDown={(event) => start(event, index)}
                  onPointerMove={(event) => {
                    pointerY.current = event.clientY
                    if (drag !== null) setDrag({ ...drag, y: event.pageY })
                  }}
                  onPointerUp={end}
                  onPointerCancel={() => setDrag(null)}
                >
                  <GripVertical className="size-4" />
                </span>
              ),
              buttons: (
                <>
                  <IconButton
                    label={text('moveUp', { name: item.label })}
                    aria-keyshortcuts="Alt+ArrowUp"
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  >
                    <ChevronUp aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label={text('moveDown', { name: item.label })}
                    aria-keyshortcuts="Alt+ArrowDown"
                    disabled={index === items.length - 1}
                    onClick={() => move(index, index + 1)}
                  >
                    <ChevronDown aria-hidden="true" />
                  </IconButton>
                </>
              ),
            })}
          </li>
        ))}
      </ul>
      <output className="sr-only">{said}</output>
    </>
  )
}

/** A button that can't move its row any further hands over to its neighbour. */
function keepFocus(element: HTMLElement): void {
  const next = element.matches(':disabled')
    ? element.closest('li')?.querySelector<HTMLElement>('[aria-keyshortcuts]:not(:disabled)')
    : element
  if (next !== document.activeElement) next?.focus()
}

function targetOf({ index, startY, y, rows }: Drag): number {
  const middles = rows.map(({ top, height }) => top + height / 2)
  return positionAt(middles, index, (middles[index] ?? 0) + y - startY)
}

/** How far a row is from its place while another, or itself, is dragged, in px. */
function shiftOf(drag: Drag, index: number): number {
  if (index === drag.index) return drag.y - drag.startY
  return shifts(drag.rows, drag.index, targetOf(drag))[index] ?? 0
}
