import { DAY } from '@senio/protocol'
import { useQueries } from '@tanstack/react-query'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { fieldView } from '../../fields/index.ts'
import type { CoverCurve } from './cover-parts.ts'
import { sparkPath } from './spark-path.ts'
import { useSeen } from './use-seen.ts'

const POINTS = 90
const STALE_MS = 60_000
/** Curves of one sensor ask for the same hours as long as these last: then it is one request. */
const GRID_MS = DAY / 96

export interface SparklinesProps {
  /** Non-empty. */
  readonly curves: readonly CoverCurve[]
  /** Whether nothing stands above them. */
  readonly isAlone: boolean
}

/** The newest day of some fields, a small curve each, with the newest value; fetched once they are seen. */
export function Sparklines({ curves, isAlone }: SparklinesProps) {
  const client = useClient()
  const [box, isSeen] = useSeen()
  const isSeveral = new Set(curves.map(({ sensor }) => sensor)).size > 1
  const asked = [...Map.groupBy(curves, ({ sensor }) => sensor)].map(([sensor, group]) => {
    const to = Math.ceil((Math.max(...group.map(({ last }) => last)) + 1) / GRID_MS) * GRID_MS
    return { sensor, fields: group.map(({ field }) => field), from: to - DAY, to }
  })
  const answers = useQueries({
    queries: asked.map(({ sensor, fields, from, to }) => ({
      queryKey: [...queryKeys.sensor(sensor), 'sparklines', { fields, from, to }],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        client.series(sensor, { fields, from, to, points: POINTS }, { signal }),
      enabled: isSeen,
      staleTime: STALE_MS,
      structuralSharing: false as const,
    })),
  })
  return (
    <div
      ref={box}
      className={`grid auto-cols-fr grid-flow-col grid-rows-1 gap-px ${isAlone ? 'min-h-0 flex-1' : 'h-2/5 shrink-0'}`}
    >
      {curves.map(({ sensor, field, type, unit }, index) => {
        const place = asked.findIndex((one) => one.sensor === sensor)
        const [range, answer] = [asked[place], answers[place]?.data]
        const series = answer?.fields[field]
        const newest = series === undefined ? undefined : ((series.value ?? series.mean)?.at(-1) as number)
        return (
          <div
            key={`${sensor}/${field}`}
            className="flex min-h-0 min-w-0 flex-col bg-surface px-3 pt-2 pb-2.5"
          >
            <p className="truncate text-xs text-muted">{isSeveral ? `${sensor} · ${field}` : field}</p>
            <p className="reading truncate text-sm font-medium">
              {newest === undefined ? '\u00a0' : fieldView(type).format(newest, unit)}
            </p>
            <svg
              aria-hidden="true"
              width="100"
              height="10"
              viewBox="0 -4 100 108"
              preserveAspectRatio="none"
              className="mt-1 min-h-0 w-full flex-1"
            >
              {series !== undefined && range !== undefined && (
                <path
                  d={sparkPath(series, range)}
                  fill="none"
                  stroke={`var(--series-${(index % 8) + 1})`}
                  strokeWidth="1.5"
                  strokeLinejoin="round"
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
          </div>
        )
      })}
    </div>
  )
}
