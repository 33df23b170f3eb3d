import type { ImageJson } from '@senio/protocol/api'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { RelativeTime } from '../../design/relative-time.tsx'
import { formatDuration, formatExact } from '../../timeline/format-time.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useInstant } from '../../timeline/use-instant.ts'
import { useOpenImage } from '../../timeline/use-open-image.ts'
import { useSignal } from '../../timeline/use-signal.ts'
import type { PanelProps, ShownField } from '../field-view.ts'
import { PlayedPicture, PlayedTime } from './player/played-picture.tsx'
import { useTheatre } from './player/use-theatre.ts'
import { SteadyPicture } from './steady-picture.tsx'
import { USUAL_ASPECT, useFilm } from './use-film.ts'
import { useNextThumbs } from './use-next-thumbs.ts'
import { useScrub } from './use-scrub.ts'
import { text } from './texts.ts'

/** What each camera saw at the cursor. */
export function MomentPictures({ fields }: PanelProps) {
  return fields.map((field) => <MomentPicture key={field.key} field={field} />)
}

function MomentPicture({ field }: { readonly field: ShownField }) {
  const client = useClient()
  const open = useOpenImage()
  const film = useFilm(field.sensor, field.name)
  const theatre = useTheatre()
  const isPlaying = useSignal(useTimeline().playing)
  const [seen, setSeen] = useState(USUAL_ASPECT)
  const { t, isCursor, values } = useInstant(field.sensor)
  // What is loaded is shown at once, the server's word a moment later.
  const scrubbed = useScrub(field.sensor, field.name)
  const near = newestAt(t, scrubbed, film.pictures)
  const exact = values?.fields[field.name]
  const isExact =
    exact !== undefined &&
    typeof exact.value === 'string' &&
    exact.timestamp <= t &&
    exact.timestamp >= (near?.timestamp ?? 0)
  const known = isExact
    ? { image: exact.value as string, timestamp: exact.timestamp, damaged: isDamaged(exact.timestamp) }
    : near
  // Before the first picture in sight only the server knows one: the last one stays until it has answered.
  const isAsking = values === undefined || (exact !== undefined && exact.timestamp > t)
  const [last, setLast] = useState(known)
  if (known !== undefined && known.image !== last?.image) setLast(known)
  const shown = known ?? (isAsking ? last : undefined)

  const next = useNextThumbs(field.sensor, scrubbed, shown?.timestamp ?? null)

  function isDamaged(timestamp: number): boolean {
    return film.pictures.some((picture) => picture.timestamp === timestamp && picture.damaged)
  }

  return (
    <figure className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <div
        className="relative max-h-[28dvh] w-full bg-sunken xl:max-h-[44dvh]"
        style={{ aspectRatio: film.aspect ?? seen }}
      >
        {shown === undefined ? (
          <p className="grid size-full place-items-center p-4 text-sm text-muted">
            {film.isLoading ? '' : text('noneYet')}
          </p>
        ) : (
          <button
            type="button"
            onClick={() => open(field, shown.timestamp)}
            aria-label={text('openPicture', { camera: field.label, time: formatExact(shown.timestamp) })}
            className="absolute inset-0 cursor-zoom-in outline-offset-[-3px]"
          >
            <SteadyPicture
              thumb={client.imageUrl(field.sensor, shown.image, 'thumb')}
              preview={client.imageUrl(field.sensor, shown.image, 'preview')}
              alt=""
              next={next}
              className="size-full object-contain"
              onAspect={setSeen}
            />
          </button>
        )}
        {theatre !== null && <PlayedPicture theatre={theatre} field={field.key} />}
      </div>
      <figcaption className="flex min-h-8 flex-wrap items-center gap-x-2 px-3 py-1.5 text-xs">
        <span className="font-medium">{field.label}</span>
        {theatre !== null && isPlaying ? (
          <PlayedTime theatre={theatre} field={field.key} />
        ) : (
          shown !== undefined && <Taken picture={shown} cursor={isCursor ? t : null} />
        )}
      </figcaption>
    </figure>
  )
}

/** The newest of several lists at or before an instant; each is ascending. */
function newestAt(t: number, ...lists: readonly (readonly ImageJson[])[]): ImageJson | undefined {
  return lists
    .flatMap((pictures) => pictures.findLast(({ timestamp }) => timestamp <= t) ?? [])
    .reduce<ImageJson | undefined>(
      (newest, picture) => (newest === undefined || picture.timestamp > newest.timestamp ? picture : newest),
      undefined,
    )
}

interface TakenProps {
  readonly picture: { readonly timestamp: number; readonly damaged: boolean }
  /** The cursor's instant; null without a cursor. */
  readonly cursor: number | null
}

/** When a picture was taken, and how long that was before the cursor, or before now. */
function Taken({ picture: { timestamp, damaged }, cursor }: TakenProps) {
  return (
    <>
      {damaged && (
        <span className="flex items-center gap-1 text-warn">
          <TriangleAlert aria-hidden="true" className="size-3.5" />
          {text('damaged')}
        </span>
      )}
      <span className="reading ml-auto whitespace-nowrap text-muted">
        {cursor === null ? (
          <RelativeTime at={timestamp} />
        ) : (
          // A later one only stays until the right one is known.
          timestamp <= cursor && before(cursor - timestamp)
        )}
      </span>
      <span className="reading w-full text-muted max-sm:hidden">{formatExact(timestamp)}</span>
    </>
  )
}

function before(age: number): string {
  return age < 500 ? text('atCursor') : text('before', { time: formatDuration(age) })
}
