import type { ImageValue } from '@senio/protocol'
import { Image } from 'lucide-react'
import { lazy } from 'react'
import { useClient } from '../../api/client-context.ts'
import type { FieldView, SummaryProps } from '../field-view.ts'
import { readerLocale } from '../../i18n/language.ts'
import { text } from './texts.ts'

/** Fills the box that it stands in. */
function ImageSummary({ value, sensor, timestamp }: SummaryProps<ImageValue>) {
  const client = useClient()
  return (
    <img
      src={client.imageUrl(sensor, value, 'thumb')}
      alt={text('taken', { time: new Date(timestamp).toLocaleString(readerLocale()) })}
      loading="lazy"
      decoding="async"
      className="size-full object-cover"
    />
  )
}

/** Pictures: each field has its own row, and shows what the camera saw at the cursor. */
export const imageView: FieldView<ImageValue> = {
  get label() {
    return text('label')
  },
  icon: Image,
  format: (value) => text('picture', { hash: value.slice(0, 7) }),
  change: null,
  Summary: ImageSummary,
  panelKey: (field) => field.name,
  Track: lazy(async () => ({ default: (await import('./film-track.tsx')).FilmTrack })),
  Moment: lazy(async () => ({ default: (await import('./moment-pictures.tsx')).MomentPictures })),
  Player: lazy(async () => ({ default: (await import('./player/player-bar.tsx')).PlayerBar })),
  momentFirst: true,
  series: null,
  overview: 'ticks',
}
