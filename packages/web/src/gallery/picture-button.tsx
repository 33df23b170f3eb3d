import type { ImageJson } from '@senio/protocol/api'
import { TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { useClient } from '../api/client-context.ts'
import type { ShownField } from '../fields/field-view.ts'
import { formatExact, formatTick } from '../timeline/format-time.ts'
import { useOpenImage } from '../timeline/use-open-image.ts'
import { text } from './texts.ts'

export interface PictureButtonProps {
  readonly field: ShownField
  readonly picture: ImageJson
  readonly index: number
  /** CSS pixels. */
  readonly width: number
  /** Whether Tab leads to it. */
  readonly isCurrent: boolean
}

/** A picture of a gallery: opens it in full. Back leads here again. */
export const PictureButton = memo(function PictureButton(props: PictureButtonProps) {
  const { field, picture, index, width, isCurrent } = props
  const { timestamp, image, damaged } = picture
  const client = useClient()
  const open = useOpenImage()
  return (
    <button
      type="button"
      data-picture={index}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => open(field, timestamp)}
      aria-label={text(damaged ? 'openDamaged' : 'openPicture', { time: formatExact(timestamp) })}
      style={{ width }}
      aria-current={isCurrent}
      className="relative aspect-[4/3] shrink-0 cursor-zoom-in overflow-hidden rounded-md bg-sunken outline-offset-2 after:absolute after:inset-0 after:rounded-md after:ring-accent after:ring-inset aria-[current=true]:after:ring-3"
    >
      <img
        src={client.imageUrl(field.sensor, image, 'thumb')}
        alt=""
        decoding="async"
        draggable={false}
        className="size-full object-cover"
      />
      <span
        aria-hidden="true"
        className="reading absolute bottom-1 left-1 rounded-sm bg-black/65 px-1.5 py-0.5 text-[0.6875rem] text-white"
      >
        {formatTick(timestamp, { unit: 'hour', count: 1 })}
      </span>
      {damaged && (
        <span className="absolute top-1 right-1 grid size-5 place-items-center rounded-full bg-warn-soft text-warn">
          <TriangleAlert aria-hidden="true" className="size-3" />
        </span>
      )}
    </button>
  )
})
