import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Tag } from 'lucide-react'
import { useClient } from '../api/client-context.ts'
import { viewKeys } from '../timeline/view-keys.ts'
import type { ViewSearch } from '../timeline/search.ts'
import { tagLabels } from './tag-labels.ts'
import { text } from './texts.ts'
import { useTag } from './use-tag.ts'

export interface PictureTagsProps {
  readonly sensor: string
  readonly field: string
  /** When the picture was taken. */
  readonly timestamp: number
}

/** The tags of a picture's measurement, on dark ground; each leads to the view of those that bear it. */
export function PictureTags({ sensor, field, timestamp }: PictureTagsProps) {
  const client = useClient()
  const chosen = useTag()
  const navigate = useNavigate()
  const { data: tags = null } = useQuery({
    queryKey: [...viewKeys.picture(sensor), field, timestamp, 'tags'],
    queryFn: async ({ signal }) => {
      const query = { fields: [field], from: timestamp, limit: 1 }
      const { measurements } = await client.measurements(sensor, query, { signal })
      return measurements[0]?.timestamp === timestamp ? measurements[0].tags : null
    },
  })
  const labels = tagLabels(tags)
  if (labels.length === 0) return null

  /** Closes the picture; Back opens it again. */
  function filter(tag: string): void {
    const closed = { image: undefined, of: undefined, compare: undefined, how: undefined }
    void navigate({
      to: '.',
      search: ((before: ViewSearch) => ({
        ...before,
        ...closed,
        tag: tag === chosen ? undefined : tag,
      })) as never,
      resetScroll: false,
    })
  }

  return (
    <ul aria-label={text('ofPicture')} className="mt-3 flex flex-wrap gap-1.5">
      {labels.map((label) => (
        <li key={label} className="max-w-full">
          <button
            type="button"
            aria-pressed={label === chosen}
            title={text('onlyThis', { tag: label })}
            onClick={() => filter(label)}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-full border border-white/25 px-2.5 text-xs hover:bg-white/10 aria-pressed:border-[#5fd0cc] aria-pressed:text-[#5fd0cc] pointer-coarse:h-11 focus-visible:outline-white"
          >
            <Tag aria-hidden="true" className="size-3 shrink-0" />
            <span className="truncate">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
