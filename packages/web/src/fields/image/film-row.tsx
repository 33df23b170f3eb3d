import { TriangleAlert } from 'lucide-react'
import { memo, useRef } from 'react'
import { useClient } from '../../api/client-context.ts'
import { formatExact } from '../../timeline/format-time.ts'
import { spanOf } from '../../timeline/range.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useOpenImage } from '../../timeline/use-open-image.ts'
import { useSignal, useSignalEffect } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'
import { type Frame, frameAt } from './film-slots.ts'
import { text } from './texts.ts'
import { type Film, GAP } from './use-film.ts'

export interface FilmRowProps {
  readonly field: ShownField
  readonly film: Film
  readonly inSight: readonly Frame[]
}

/** A row of frames along the time axis; one opens its picture. */
export function FilmRow({ field, film, inSight }: FilmRowProps) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const plot = useSignal(timeline.plot)
  const isFollowing = useSignal(timeline.choice).kind !== 'fixed'
  const row = useRef<HTMLUListElement>(null)
  const pixelsPerMs = plot.width / spanOf(range)

  /** The newest frame of what follows now is seen as a whole, on top of the one before. */
  function placeOf({ from, to }: Frame, isLast: boolean) {
    const width = (to - from) * pixelsPerMs
    const x = (from - range.from) * pixelsPerMs
    const whole = isLast && isFollowing
    return { width, transform: `translateX(${whole ? Math.min(x, plot.width - width + GAP) : x}px)` }
  }

  // The frame of the cursor is marked without rendering.
  useSignalEffect([timeline.cursor], () => {
    const t = timeline.cursor.get()
    const index = t === null ? -1 : frameAt(inSight, t)
    for (const [place, item] of [...(row.current?.children ?? [])].entries()) {
      const isCurrent = String(place === index)
      if (item instanceof HTMLElement && item.dataset['current'] !== isCurrent)
        item.dataset['current'] = isCurrent
    }
  })

  return (
    <div
      data-drag="pan"
      className="touch-pan-y cursor-grab overflow-hidden pt-0.5 pb-1.5 active:cursor-grabbing"
      style={{ paddingLeft: plot.left }}
    >
      <ul
        ref={row}
        aria-label={text('picturesOf', { camera: field.label })}
        className="relative overflow-hidden"
        style={{ height: film.height, width: plot.width }}
      >
        {inSight.map((frame, index) => (
          <li
            key={frame.from}
            className="group absolute inset-y-0 left-0 pr-1 last:bg-surface last:shadow-[-4px_0_0_var(--surface)]"
            style={placeOf(frame, index === inSight.length - 1)}
          >
            <FrameButton field={field} frame={frame} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface FrameButtonProps {
  readonly field: ShownField
  readonly frame: Frame
}

const FrameButton = memo(function FrameButton({ field, frame: { picture } }: FrameButtonProps) {
  const client = useClient()
  const open = useOpenImage()
  return (
    <button
      type="button"
      onClick={() => open(field, picture.timestamp)}
      aria-label={text(picture.damaged ? 'openDamagedFrame' : 'openFrame', {
        time: formatExact(picture.timestamp),
      })}
      className="relative block size-full overflow-hidden rounded-md bg-sunken outline-offset-[-2px] after:absolute after:inset-0 after:rounded-md after:ring-accent after:ring-inset group-data-[current=true]:after:ring-3"
    >
      <img
        src={client.imageUrl(field.sensor, picture.image, 'thumb')}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        className="size-full object-cover"
      />
      {picture.damaged && (
        <span className="absolute top-1 right-1 grid size-5 place-items-center rounded-full bg-warn-soft text-warn">
          <TriangleAlert aria-hidden="true" className="size-3" />
        </span>
      )}
    </button>
  )
})
