import type { ImageValue } from '@senio/protocol'
import type { ListedSensorJson } from '@senio/protocol/api'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { fieldView } from '../../fields/index.ts'
import type { Reading } from './newest.ts'
import { text } from '../texts.ts'

export interface CardCoverProps {
  readonly sensor: ListedSensorJson
  readonly picture: Reading | null
  /** Shown large where there is no picture. */
  readonly lead: Reading | null
}

const displayStyle = 'scale-ticks grid aspect-[16/10] place-content-center border-b border-line bg-sunken'

/** The upper part of a card: the newest picture, or the first number like on an instrument's display. */
export function CardCover({ sensor, picture, lead }: CardCoverProps) {
  if (picture !== null) return <PictureCover sensor={sensor.name} picture={picture} />
  if (lead !== null) return <DisplayCover sensor={sensor.name} lead={lead} />
  return (
    <div className={displayStyle}>
      <div className="flex gap-4 text-line-strong" aria-hidden="true">
        {[...new Set(Object.values(sensor.fields).map(({ type }) => type))].map((type) => {
          const { icon: Icon } = fieldView(type)
          return <Icon key={type} className="size-8" />
        })}
      </div>
    </div>
  )
}

function PictureCover({ sensor, picture }: { readonly sensor: string; readonly picture: Reading }) {
  const client = useClient()
  const sha1 = picture.value as ImageValue
  const [failed, setFailed] = useState<string | null>(null)
  if (failed === sha1) {
    return <div className={`${displayStyle} text-sm text-muted`}>{text('cannotShow')}</div>
  }
  return (
    <img
      src={client.imageUrl(sensor, sha1, 'thumb')}
      srcSet={`${client.imageUrl(sensor, sha1, 'thumb')} 320w, ${client.imageUrl(sensor, sha1, 'preview')} 1280w`}
      sizes="(min-width: 40rem) 20rem, 100vw"
      alt={text('newestFrom', { camera: picture.name })}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(sha1)}
      className="aspect-[16/10] w-full border-b border-line bg-sunken object-cover"
    />
  )
}

function DisplayCover({ sensor, lead }: { readonly sensor: string; readonly lead: Reading }) {
  const { Summary } = fieldView(lead.type)
  return (
    <div className={`${displayStyle} px-4 text-center`}>
      <div className="reading text-4xl font-light tracking-tight">
        <Summary value={lead.value} unit={lead.unit} sensor={sensor} timestamp={lead.timestamp} />
      </div>
      <div className="mt-1 truncate text-xs text-muted">{lead.name}</div>
    </div>
  )
}
