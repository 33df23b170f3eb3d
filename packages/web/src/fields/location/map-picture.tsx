import { memo, useMemo, useRef } from 'react'
import { indexAtOrBefore } from '../../timeline/search-index.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignalEffect } from '../../timeline/use-signal.ts'
import type { Coast } from './coast.ts'
import { formatDegrees, formatMetres, gridOf, scaleBar } from './map-grid.ts'
import { landPath, type TrackPoint, trackPath } from './map-path.ts'
import { type MapSize, type MapView, metresPerPixel, toMapPixel, visibleBox } from './map-view.ts'

const BAR_ROOM = 110

export interface MapPictureProps {
  readonly view: MapView
  readonly size: MapSize
  readonly land: readonly Coast[]
  /** In the range, ascending. */
  readonly track: readonly TrackPoint[]
  /** Beyond the range, too: where the cursor's place is looked up. */
  readonly all: readonly TrackPoint[]
  readonly color: string
  readonly label: string
}

/** Land, graticule, scale, track, and the place at the cursor. */
export function MapPicture({ view, size, land, track, all, color, label }: MapPictureProps) {
  const way = useMemo(() => trackPath(track, view, size), [track, view, size])
  return (
    // An img has no place for what moves.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <svg role="img" aria-label={label} width={size.width} height={size.height} className="block bg-sunken">
      <Ground view={view} size={size} land={land} />
      <path
        d={way}
        fill="none"
        stroke={`var(${color})`}
        strokeWidth={2}
        strokeLinejoin="round"
        strokeLinecap="round"
        opacity={0.75}
      />
      <Place view={view} size={size} all={all} color={color} />
    </svg>
  )
}

const Ground = memo(function Ground({ view, size, land }: Pick<MapPictureProps, 'view' | 'size' | 'land'>) {
  const { width, height } = size
  const coasts = useMemo(() => landPath(land, view, size), [land, view, size])
  const { step, meridians, parallels } = gridOf(visibleBox(view, size))
  const bar = scaleBar(metresPerPixel(view), BAR_ROOM)
  return (
    <g fontSize={10} className="reading fill-muted">
      <path d={coasts} className="fill-surface stroke-line-strong" strokeWidth={0.75} />
      {meridians.map(({ degrees, at }) => {
        const { x } = toMapPixel({ x: at, y: 0 }, view, size)
        return (
          <g key={degrees}>
            <line x1={x} x2={x} y1={0} y2={height} className="stroke-line" />
            {x > 30 && x < width - 60 && (
              <text x={x + 3} y={11}>
                {formatDegrees(degrees, step, 'lon')}
              </text>
            )}
          </g>
        )
      })}
      {parallels.map(({ degrees, at }) => {
        const { y } = toMapPixel({ x: 0, y: at }, view, size)
        return (
          <g key={degrees}>
            <line x1={0} x2={width} y1={y} y2={y} className="stroke-line" />
            {y > 24 && y < height - 30 && (
              <text x={4} y={y - 3}>
                {formatDegrees(degrees, step, 'lat')}
              </text>
            )}
          </g>
        )
      })}
      <path
        d={`M8 ${height - 13}v5h${bar.width.toFixed(1)}v-5`}
        fill="none"
        className="stroke-ink"
        strokeWidth={1.5}
      />
      <text x={14 + bar.width} y={height - 8} className="fill-ink">
        {formatMetres(bar.metres)}
      </text>
    </g>
  )
})

/** Follows the cursor without rendering. */
function Place({ view, size, all, color }: Pick<MapPictureProps, 'view' | 'size' | 'all' | 'color'>) {
  const timeline = useTimeline()
  const marker = useRef<SVGGElement>(null)
  const halo = useRef<SVGCircleElement>(null)
  const times = useMemo(() => all.map(({ t }) => t), [all])

  useSignalEffect([timeline.cursor, timeline.range], () => {
    const place = all[indexAtOrBefore(times, timeline.instant())]
    if (marker.current === null || halo.current === null) return
    marker.current.style.display = place === undefined ? 'none' : ''
    if (place === undefined) return
    const { x, y } = toMapPixel(place, view, size)
    marker.current.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`)
    halo.current.setAttribute('r', ((place.accuracy ?? 0) / metresPerPixel(view)).toFixed(1))
  })

  return (
    <g ref={marker}>
      <circle ref={halo} fill={`var(${color})`} opacity={0.16} />
      <circle r={6.5} fill={`var(${color})`} className="stroke-surface" strokeWidth={2.5} />
    </g>
  )
}
