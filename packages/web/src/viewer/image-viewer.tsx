import { Dialog } from '@base-ui/react/dialog'
import type { SensorDetailJson } from '@senio/protocol/api'
import { TriangleAlert } from 'lucide-react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { Spinner } from '../design/spinner.tsx'
import { formatExact } from '../timeline/format-time.ts'
import { PictureTags } from '../tags/picture-tags.tsx'
import { CloseButton } from './close-button.tsx'
import { ExifList } from './exif-list.tsx'
import type { Opened } from './neighbours.ts'
import { describe, fileNameOf } from './picture-facts.ts'
import { PictureStage } from './picture-stage.tsx'
import { useOpened } from './use-opened.ts'
import { ValueList } from './value-list.tsx'
import { ViewerActions } from './viewer-actions.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

export interface ImageViewerProps {
  readonly sensor: SensorDetailJson
  /** An image field. */
  readonly field: string
  /** The picture at or before it is shown; ms since the epoch. */
  readonly t: number
  readonly onMove: (t: number) => void
  /** To the timeline, with the cursor at this picture. */
  readonly onShowOnTimeline: (t: number) => void
  /** Puts it beside the picture of another instant. */
  readonly onCompare: (t: number, other: number) => void
  readonly onClose: () => void
}

/** A picture in full, with what was measured at its moment; pages through the whole field. */
export function ImageViewer(props: ImageViewerProps) {
  const { sensor, field, t, onMove, onClose } = props
  const { data, error, refetch } = useOpened(sensor.name, field, t)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className="fixed inset-0 z-50 flex flex-col bg-[#0b0e0d] text-[#e7ecea] scheme-dark outline-none lg:flex-row">
          <Dialog.Title className="sr-only">{`${sensor.name}: ${field}`}</Dialog.Title>
          {data === undefined || data === null ? (
            <div className="grid flex-1 place-items-center p-6 text-center">
              {data === null && <p>{text('noneYet')}</p>}
              {data === undefined && error === null && <Spinner />}
              {error !== null && (
                <div className="space-y-3">
                  <p>{problemText(error)}</p>
                  <button type="button" className="underline" onClick={() => void refetch()}>
                    {common('tryAgain')}
                  </button>
                </div>
              )}
            </div>
          ) : (
            <>
              <PictureStage
                key={data.picture.timestamp}
                sensor={sensor.name}
                picture={data.picture}
                alt={`${field}, ${formatExact(data.picture.timestamp)}`}
                onPrevious={pageTo(data.previous, onMove)}
                onNext={pageTo(data.next, onMove)}
              />
              <Facts {...props} opened={data} />
            </>
          )}
          <CloseButton />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function pageTo(t: number | null, onMove: (t: number) => void): (() => void) | null {
  return t === null ? null : () => onMove(t)
}

interface FactsProps extends ImageViewerProps {
  readonly opened: Opened
}

function Facts({ sensor, field, opened: { picture, values }, onShowOnTimeline, onCompare }: FactsProps) {
  const client = useClient()
  return (
    <div className="shrink-0 overflow-y-auto border-white/10 bg-[#151b1a] p-4 text-sm max-lg:max-h-[42dvh] max-lg:border-t lg:w-80 lg:border-l lg:p-5 lg:pt-16">
      <p aria-live="polite" className="reading text-base font-semibold">
        {formatExact(picture.timestamp)}
      </p>
      <p className="text-[#9ba7a3]">{`${field} · ${describe(picture)}`}</p>
      {picture.damaged && (
        <p className="mt-2 flex items-start gap-2 rounded-md bg-[#33270f] px-3 py-2 text-[#e6b65c]">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {text('damaged')}
        </p>
      )}
      <PictureTags sensor={sensor.name} field={field} timestamp={picture.timestamp} />
      <ValueList sensor={sensor} values={values} except={field} />
      <ViewerActions
        original={client.imageUrl(sensor.name, picture.image, 'original')}
        fileName={fileNameOf(sensor.name, field, picture)}
        t={picture.timestamp}
        onShowOnTimeline={() => onShowOnTimeline(picture.timestamp)}
        onCompare={(other) => onCompare(picture.timestamp, other)}
      />
      <ExifList sensor={sensor.name} image={picture.image} />
    </div>
  )
}
