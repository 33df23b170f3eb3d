import type { ListedSensorJson, ViewJson } from '@senio/protocol/api'
import { LayoutDashboard } from 'lucide-react'
import { useMemo } from 'react'
import { useClient } from '../../api/client-context.ts'
import { text } from '../texts.ts'
import { type CoverPicture, coverParts } from './cover-parts.ts'
import { Sparklines } from './sparklines.tsx'

export interface ViewCoverProps {
  readonly view: ViewJson
  readonly sensors: readonly ListedSensorJson[] | undefined
}

/** The upper part of a view's card: its cameras' newest pictures over its curves' newest day. */
export function ViewCover({ view, sensors }: ViewCoverProps) {
  const { pictures, curves } = useMemo(() => coverParts(view.panels, sensors ?? []), [view, sensors])
  const isEmpty = pictures.length === 0 && curves.length === 0
  return (
    <div className="flex aspect-[16/10] flex-col gap-px overflow-hidden border-b border-line bg-line">
      {pictures.length > 0 && (
        <div className="flex min-h-0 flex-1 gap-px">
          {pictures.map((picture) => (
            <Picture key={`${picture.sensor}/${picture.field}`} picture={picture} />
          ))}
        </div>
      )}
      {curves.length > 0 && <Sparklines curves={curves} isAlone={pictures.length === 0} />}
      {isEmpty && (
        <div className="scale-ticks grid flex-1 place-content-center justify-items-center gap-2 bg-sunken text-sm text-muted">
          <LayoutDashboard aria-hidden="true" className="size-8 text-line-strong" />
          {sensors !== undefined && text('empty')}
        </div>
      )}
    </div>
  )
}

function Picture({ picture: { sensor, field, image } }: { readonly picture: CoverPicture }) {
  const client = useClient()
  const [thumb, preview] = (['thumb', 'preview'] as const).map((size) => client.imageUrl(sensor, image, size))
  return (
    <img
      src={thumb}
      srcSet={`${thumb} 320w, ${preview} 1280w`}
      sizes="20rem"
      alt={text('coverOf', { field: `${sensor} · ${field}` })}
      loading="lazy"
      decoding="async"
      className="size-full min-w-0 flex-1 bg-sunken object-cover"
    />
  )
}
