import { TriangleAlert } from 'lucide-react'
import { memo, useRef } from 'react'
import { useClient } from '../../api/client-context.ts'
import { formatExact } from '../../timeline/format-time.ts'
import { spanOf } from '../../timeline/range.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { Track } from '../../timeline/track.tsx'
import { useOpenImage } from '../../timeline/use-open-image.ts'
import { useSignal, useSignalEffect } from '../../timeline/use-signal.ts'
import type { PanelProps } from '../field-view.ts'
import type { Frame } from './film-slots.ts'
import { GAP, useFilm } from './use-film.ts'

/** Pictures over time: a row of frames for each field. */
export function FilmTrack({ sensor, fields }: PanelProps) {
  return fields.map(({ name }) => <Film key={name} sensor={sensor} field={name} />)
}

interface FilmProps {
  readonly sensor: string
  readonly field: string
}

function Film({ sensor, field }: FilmProps) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const plot = useSignal(timeline.plot)
  const film = useFilm(sensor, field)
  const row = useRef<HTMLUListElement>(null)
  const pixelsPerMs = plot.width / spanOf(range)
  const inSight = film.frames.filter(({ from, to }) => to > range.from && from < range.to)

  /** The newest frame in sight is seen as a whole, on top of the one before. */
  function placeOf({ from, to }: Frame, isLast: boolean) {
    const width = (to - from) * pixelsPerMs
    const x = (from - range.from) * pixelsPerMs
    return { width, transform: `translateX(${isLast ? Math.min(x, plot.width - width + GAP) : x}px)` }
  }

  // The frame of the cursor is marked without rendering.
  useSignalEffect([timeline.cursor], () => {
    const t = timeline.cursor.get()
    const index = t === null ? -1 : inSight.findLastIndex(({ picture }) => picture.timestamp <= t)
    for (const [place, item] of [...(row.current?.children ?? [])].entries()) {
      if (item instanceof HTMLElement) item.dataset['current'] = String(place === index)
    }
  })

  return (
    <Track
      header={
        <>
          <span className="truncate px-1.5 text-muted">{field}</span>
          {!film.isLoading && inSight.length === 0 && (
            <span className="text-xs text-muted">no pictures in this range</span>
          )}
        </>
      }
    >
      <div
        data-drag="pan"
        className="touch-pan-y cursor-grab overflow-hidden pt-0.5 pb-1.5 active:cursor-grabbing"
        style={{ paddingLeft: plot.left }}
      >
        <ul
          ref={row}
          aria-label={`Pictures of ${field}`}
          className="relative overflow-hidden"
          style={{ height: film.height, width: plot.width }}
        >
          {inSight.map((frame, index) => (
            <li
              key={frame.from}
              className="group absolute inset-y-0 left-0 pr-1 last:bg-surface last:shadow-[-4px_0_0_var(--surface)]"
              style={placeOf(frame, index === inSight.length - 1)}
            >
              <FrameButton sensor={sensor} field={field} frame={frame} />
            </li>
          ))}
        </ul>
      </div>
    </Track>
  )
}

interface FrameButtonProps extends FilmProps {
  readonly frame: Frame
}

const FrameButton = memo(function FrameButton({ sensor, field, frame: { picture } }: FrameButtonProps) {
  const client = useClient()
  const open = useOpenImage()
  return (
    <button
      type="button"
      onClick={() => open(field, picture.timestamp)}
      aria-label={`${formatExact(picture.timestamp)}${picture.damaged ? ', damaged' : ''}: open`}
      className="relative block size-full overflow-hidden rounded-md bg-sunken outline-offset-[-2px] after:absolute after:inset-0 after:rounded-md after:ring-accent after:ring-inset group-data-[current=true]:after:ring-3"
    >
      <img
        src={client.imageUrl(sensor, picture.image, 'thumb')}
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
