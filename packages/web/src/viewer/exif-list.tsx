import { useQuery } from '@tanstack/react-query'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { exifRows } from './exif-rows.ts'
import { text } from './texts.ts'

export interface ExifListProps {
  readonly sensor: string
  /** The picture's hash. */
  readonly image: string
}

/** What the camera wrote into a picture; nothing when it wrote nothing. */
export function ExifList({ sensor, image }: ExifListProps) {
  const client = useClient()
  const { data } = useQuery({
    queryKey: [...queryKeys.sensor(sensor), 'exif', image],
    queryFn: ({ signal }) => client.exif(sensor, image, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const rows = data === undefined ? [] : exifRows(data)
  if (rows.length === 0) return null
  return (
    <section aria-label={text('fromCamera')} className="mt-4 border-t border-white/10 pt-3">
      <h3 className="mb-1.5 text-xs text-[#9ba7a3]">{text('fromCamera')}</h3>
      <dl className="space-y-1.5">
        {rows.map(({ label, value }) => (
          <div key={label} className="flex items-baseline justify-between gap-4">
            <dt className="shrink-0 text-[#9ba7a3]">{label}</dt>
            <dd className="reading min-w-0 text-right break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
