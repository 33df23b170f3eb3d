import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ShownField } from '../fields/field-view.ts'
import { formatContext } from '../timeline/format-time.ts'
import { indexAtOrBefore } from '../timeline/search-index.ts'
import { galleryRows, keyTarget, rowOf } from './gallery-rows.ts'
import { PictureButton } from './picture-button.tsx'
import type { Gallery } from './use-gallery.ts'

/** CSS pixels. */
const NARROWEST = 104
const USUAL = 184
const NARROW_BELOW = 600
const WIDE = 256
const WIDE_ABOVE = 2000
const GAP = 6
const HEADING = 44
/** Rows that are drawn above and below of those in sight. */
const OVERSCAN = 3
/** Pages are asked for when so many rows are left. */
const AHEAD = 12

export interface PictureGridProps {
  readonly field: ShownField
  readonly gallery: Gallery
  /** The picture at or before it is in sight first, if it is among those that are known; null: the first. */
  readonly startAt: number | null
}

/** Pictures by days, of which only those in sight are in the document. */
export function PictureGrid({ field, gallery, startAt }: PictureGridProps) {
  const { pictures, hasMore, more } = gallery
  const scroller = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const columns = Math.max(1, Math.floor((width + GAP) / (leastCell(width) + GAP)))
  const cell = (width + GAP) / columns
  const rows = useMemo(() => galleryRows(pictures, columns), [pictures, columns])
  const [current, setCurrent] = useState(() =>
    startAt === null
      ? 0
      : Math.max(
          0,
          indexAtOrBefore(
            pictures.map(({ timestamp }) => timestamp),
            startAt,
          ),
        ),
  )
  // oxlint-disable-next-line react/incompatible-library -- nothing memoizes it: no compiler of React is in the build
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? HEADING : cell * 0.75 + GAP),
    overscan: OVERSCAN,
  })

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      setWidth(element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const resized = useEffectEvent(() => {
    virtual.measure()
    if (width > 0) virtual.scrollToIndex(rowOf(rows, current), { align: 'auto' })
  })
  // New pages and keys don't scroll here: only another size of the window does.
  useLayoutEffect(() => resized(), [width, columns])

  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) more()
  }, [hasMore, last, rows.length, more])

  function onKeyDown(event: KeyboardEvent): void {
    const target = keyTarget(event.key, current, rows, pictures.length)
    if (target === null) return
    event.preventDefault()
    setCurrent(target)
    virtual.scrollToIndex(rowOf(rows, target), { align: 'auto' })
    // It may be drawn only now.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-picture="${target}"]`)?.focus(),
      ),
    )
  }

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 sm:px-6">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the pictures in it */}
      <div onKeyDown={onKeyDown} className="relative" style={{ height: virtual.getTotalSize() }}>
        {width > 0 &&
          shown.map(({ key, index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const place = { transform: `translateY(${start}px)` }
            if (row.kind === 'day') {
              return (
                <h3 key={key} style={place} className="absolute inset-x-0 top-0 pt-4 text-sm font-semibold">
                  {formatContext(row.t, 'day', true)}
                </h3>
              )
            }
            return (
              <div key={key} style={{ ...place, gap: GAP }} className="absolute inset-x-0 top-0 flex">
                {row.pictures.map((picture, at) => (
                  <PictureButton
                    key={picture.timestamp}
                    field={field}
                    picture={picture}
                    index={row.first + at}
                    width={cell - GAP}
                    isCurrent={row.first + at === current}
                  />
                ))}
              </div>
            )
          })}
      </div>
    </div>
  )
}

/** Of a picture in a grid of that width; both in CSS pixels. */
function leastCell(width: number): number {
  if (width < NARROW_BELOW) return NARROWEST
  return width > WIDE_ABOVE ? WIDE : USUAL
}
