import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react'
import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import { moved, positionAt } from './move.ts'

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

interface Drag {
  readonly index: number
  readonly startY: number
  readonly y: number
  /** The middles of all rows when it began. */
  readonly middles: readonly number[]
}

/** A list whose rows are put in order by dragging or by buttons; each move is announced. */
export function SortableList<Item extends SortableItem>(props: SortableListProps<Item>) {
  const { items, onReorder, children, className, rowClassName } = props
  const list = useRef<HTMLUListElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [said, setSaid] = useState('')

  function move(from: number, to: number) {
    const item = items[from]
    if (item === undefined || from === to) return
    onReorder(moved(items, from, to))
    setSaid(`${item.label} is now ${to + 1} of ${items.length}`)
  }

  function start(event: PointerEvent, index: number) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
    const middles = rows.map(({ top, height }) => top + height / 2)
    setDrag({ index, startY: event.clientY, y: event.clientY, middles })
  }

  function end() {
    if (drag !== null) move(drag.index, targetOf(drag))
    setDrag(null)
  }

  return (
    <>
      <ul ref={list} className={className}>
        {items.map((item, index) => (
          <li
            key={item.id}
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
                  onPointerMove={(event) => drag !== null && setDrag({ ...drag, y: event.clientY })}
                  onPointerUp={end}
                  onPointerCancel={() => setDrag(null)}
                >
                  <GripVertical className="size-4" />
                </span>
              ),
              buttons: (
                <>
                  <IconButton
                    label={`Move ${item.label} up`}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  >
                    <ChevronUp aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label={`Move ${item.label} down`}
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

function targetOf({ index, startY, y, middles }: Drag): number {
  return positionAt(middles, index, (middles[index] ?? 0) + y - startY)
}

/** How far a row is from its place while another, or itself, is dragged, in px. */
function shiftOf(drag: Drag, index: number): number {
  if (index === drag.index) return drag.y - drag.startY
  const target = targetOf(drag)
  const place = moved([...drag.middles.keys()], drag.index, target).indexOf(index)
  return (drag.middles[place] ?? 0) - (drag.middles[index] ?? 0)
}
