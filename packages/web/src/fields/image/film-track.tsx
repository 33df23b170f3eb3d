import { Columns3 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Tooltip } from '../../design/tooltip.tsx'
import { useTag } from '../../tags/use-tag.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { Track } from '../../timeline/track.tsx'
import { useTrackScale } from '../../timeline/track-height.ts'
import { useSignal } from '../../timeline/use-signal.ts'
import { FieldLabel } from '../field-label.tsx'
import type { PanelProps, ShownField } from '../field-view.ts'
import { trackButtonStyle } from '../../design/track-button-style.ts'
import { FilmRow } from './film-row.tsx'
import { useStripMode } from './strip-mode.ts'
import { text } from './texts.ts'
import { useFilm } from './use-film.ts'
import { GalleryInUrl } from '../../gallery/gallery-in-url.tsx'

const KeogramRow = lazy(async () => ({ default: (await import('./keogram/keogram-row.tsx')).KeogramRow }))

/** A keogram is a little higher than frames: its columns have nothing else to tell them apart. */
const KEOGRAM_HEIGHT = 1.3

/** Pictures over time: a row of frames, or a keogram, for each field. */
export function FilmTrack({ fields }: PanelProps) {
  return fields.map((field) => <Strip key={field.key} field={field} />)
}

function Strip({ field }: { readonly field: ShownField }) {
  const range = useSignal(useTimeline().range)
  const film = useFilm(field.sensor, field.name)
  const [isKeogram, chooseKeogram] = useStripMode(field)
  const tag = useTag()
  const scale = useTrackScale()
  const inSight = film.frames.filter(({ from, to }) => to > range.from && from < range.to)
  const height = Math.round(film.height * KEOGRAM_HEIGHT * scale)
  return (
    <Track
      header={
        <>
          <FieldLabel field={field} className="px-1.5 text-muted" />
          {!film.isLoading && inSight.length === 0 && (
            <span className="text-xs text-muted">{text('noPictures')}</span>
          )}
          <span className="ml-auto flex">
            <GalleryInUrl field={field} />
            <Tooltip text={text('keogramHint')}>
              <button
                type="button"
                aria-pressed={isKeogram}
                aria-label={text('keogram', { camera: field.label })}
                onClick={() => chooseKeogram(!isKeogram)}
                className={trackButtonStyle(isKeogram)}
              >
                <Columns3 aria-hidden="true" />
              </button>
            </Tooltip>
          </span>
        </>
      }
    >
      {isKeogram ? (
        <Suspense fallback={<div style={{ height: height + 8 }} />}>
          <KeogramRow key={tag} field={field} height={height} />
        </Suspense>
      ) : (
        <FilmRow field={field} film={film} inSight={inSight} />
      )}
    </Track>
  )
}
