import { type LocationValue, SECOND } from '@senio/protocol'
import type { LatestValueJson } from '@senio/protocol/api'
import { useQuery } from '@tanstack/react-query'
import { LocateFixed, Minus, Plus } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { iconButtonStyle } from '../../design/button-style.ts'
import { formatDuration } from '../../timeline/format-time.ts'
import { contains } from '../../timeline/range.ts'
import { useSeriesData } from '../../timeline/series-context.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useInstant } from '../../timeline/use-instant.ts'
import { useThrottled } from '../../timeline/use-signal.ts'
import type { PanelProps, ShownField } from '../field-view.ts'
import { formatLocation } from './format-location.ts'
import { fetchLand, type LandDetail } from './land.ts'
import { trackOf } from './map-path.ts'
import { boxOf, fitBox, type MapSize, type MapView, metresPerPixel, refit, zoomMap } from './map-view.ts'
import { MapPicture } from './map-picture.tsx'
import { useMapGestures } from './use-map-gestures.ts'
import { text } from './texts.ts'

const HEIGHT = 240
const FOLLOW_EVERY_MS = 0.25 * SECOND
const ZOOM_STEP = 2
/** Coasts are true to a few kilometres: a smaller map is better off without. */
const COARSE_FROM_METRES = 3_000_000
const FINE_FROM_METRES = 40_000

/** Where each field was at the cursor, and its way through the range. */
export function MomentMap({ fields }: PanelProps) {
  return fields.map((field) => <PlaceMap key={field.key} field={field} />)
}

function PlaceMap({ field }: { readonly field: ShownField }) {
  const timeline = useTimeline()
  const series = useSeriesData().fields[field.key]
  const range = useThrottled([timeline.range], timeline.range.get, FOLLOW_EVERY_MS)
  const { t, values } = useInstant(field.sensor)
  const frame = useRef<HTMLDivElement>(null)
  const size = useFrameSize(frame)
  const all = useMemo(() => trackOf(series), [series])
  const track = useMemo(() => all.filter((point) => contains(range, point.t)), [all, range])
  const box = useMemo(() => boxOf(track.length > 0 ? track : all.slice(-1)), [track, all])

  // What a person chose, or else what suits the track.
  const [chosen, setChosen] = useState<MapView | null>(null)
  const [fitted, setFitted] = useState<MapView | null>(null)
  const suits = fitted === null ? fitBox(box, size) : refit(fitted, box, size)
  if (suits !== fitted && size.width > 0) setFitted(suits)
  const view = chosen ?? suits
  useMapGestures(frame, view, size, setChosen)

  const detail = detailFor(metresPerPixel(view) * size.width)
  const { data: land } = useQuery({
    queryKey: ['land', detail],
    queryFn: ({ signal }) => (detail === null ? [] : fetchLand(detail, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: size.width > 0,
    placeholderData: (previous) => previous,
  })
  const asked = values?.fields[field.name]
  const drawn = all[all.findLastIndex((point) => point.t <= t)]
  const at = newestPlace(
    t,
    asked,
    drawn === undefined ? undefined : { timestamp: drawn.t, value: drawn.place },
  )
  const place = at?.value
  const zoom = (factor: number): void =>
    setChosen(zoomMap(view, factor, { x: size.width / 2, y: size.height / 2 }, size))

  return (
    <figure className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <div className="relative" style={{ height: HEIGHT }}>
        <div
          ref={frame}
          className="absolute inset-0 touch-pan-y cursor-grab select-none active:cursor-grabbing"
        >
          {size.width > 0 && (
            <MapPicture
              view={view}
              size={size}
              land={detail === null ? [] : (land ?? [])}
              track={track}
              all={all}
              color={field.color}
              label={describeMap(field.label, place === undefined ? null : formatLocation(place))}
            />
          )}
        </div>
        <div className="absolute top-2 right-2 flex flex-col overflow-hidden rounded-md border border-line bg-raised shadow-low">
          <MapButton label={text('zoomIn')} onClick={() => zoom(ZOOM_STEP)}>
            <Plus aria-hidden="true" />
          </MapButton>
          <MapButton label={text('zoomOut')} onClick={() => zoom(1 / ZOOM_STEP)}>
            <Minus aria-hidden="true" />
          </MapButton>
          {chosen !== null && (
            <MapButton label={text('showTrack')} onClick={() => setChosen(null)}>
              <LocateFixed aria-hidden="true" />
            </MapButton>
          )}
        </div>
      </div>
      <figcaption className="flex min-h-8 flex-wrap items-center gap-x-2 px-3 py-1.5 text-xs">
        <span className="font-medium">{field.label}</span>
        <span className="reading ml-auto text-muted">
          {place === undefined ? text('noPlace') : formatLocation(place)}
        </span>
        {at !== undefined && t - at.timestamp > 5 * SECOND && (
          <span className="reading w-full text-right text-muted">
            {text('before', { time: formatDuration(t - at.timestamp) })}
          </span>
        )}
      </figcaption>
    </figure>
  )
}

interface KnownPlace {
  readonly timestamp: number
  readonly value: LocationValue
}

/** While the cursor moves, what is drawn is known before the server says so. */
function newestPlace(t: number, ...known: readonly (LatestValueJson | undefined)[]): KnownPlace | undefined {
  return known
    .flatMap((at) =>
      at !== undefined && typeof at.value === 'object' && at.timestamp <= t
        ? [{ timestamp: at.timestamp, value: at.value }]
        : [],
    )
    .reduce<KnownPlace | undefined>(
      (newest, at) => (newest === undefined || at.timestamp > newest.timestamp ? at : newest),
      undefined,
    )
}

function describeMap(field: string, place: string | null): string {
  return place === null ? text('mapOf', { field }) : text('mapAt', { field, place })
}

/** How the land is drawn on a map so many metres wide; null for not at all. */
function detailFor(metres: number): LandDetail | null {
  if (metres > COARSE_FROM_METRES) return 'coarse'
  return metres > FINE_FROM_METRES ? 'fine' : null
}

interface MapButtonProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function MapButton({ label, onClick, children }: MapButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={iconButtonStyle('rounded-none outline-offset-[-3px]')}
    >
      {children}
    </button>
  )
}

function useFrameSize(frame: RefObject<HTMLElement | null>): MapSize {
  const [size, setSize] = useState<MapSize>({ width: 0, height: HEIGHT })
  useEffect(() => {
    const { current } = frame
    if (current === null) return
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [frame])
  return size
}
