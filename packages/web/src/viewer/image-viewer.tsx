import { Dialog } from '@base-ui/react/dialog'
import type { SensorDetailJson } from '@senio/protocol/api'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { Spinner } from '../design/spinner.tsx'
import { formatExact } from '../timeline/format-time.ts'
import { viewKeys } from '../timeline/view-keys.ts'
import { type Opened, openPicture } from './neighbours.ts'
import { describe, fileNameOf } from './picture-facts.ts'
import { PictureStage } from './picture-stage.tsx'
import { ValueList } from './value-list.tsx'

export interface ImageViewerProps {
  readonly sensor: SensorDetailJson
  /** An image field. */
  readonly field: string
  /** The picture at or before it is shown; ms since the epoch. */
  readonly t: number
  readonly onMove: (t: number) => void
  readonly onClose: () => void
}

/** A picture in full, with what was measured at its moment; pages through the whole field. */
export function ImageViewer({ sensor, field, t, onMove, onClose }: ImageViewerProps) {
  const { data, error, refetch } = useOpened(sensor.name, field, t)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className="fixed inset-0 z-50 flex flex-col bg-[#0b0e0d] text-[#e7ecea] scheme-dark outline-none lg:flex-row">
          <Dialog.Title className="sr-only">{`${sensor.name}: ${field}`}</Dialog.Title>
          {data === undefined || data === null ? (
            <div className="grid flex-1 place-items-center p-6 text-center">
              {data === null && <p>There is no picture at or before this moment.</p>}
              {data === undefined && error === null && <Spinner />}
              {error !== null && (
                <div className="space-y-3">
                  <p>{problemText(error)}</p>
                  <button type="button" className="underline" onClick={() => void refetch()}>
                    Try again
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
              <Facts sensor={sensor} field={field} opened={data} />
            </>
          )}
          <Dialog.Close
            aria-label="Close"
            className="absolute top-3 right-3 grid size-11 place-items-center rounded-full bg-black/55 text-white hover:bg-black/80 focus-visible:outline-white"
          >
            <X aria-hidden="true" className="size-5" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function pageTo(t: number | null, onMove: (t: number) => void): (() => void) | null {
  return t === null ? null : () => onMove(t)
}

interface FactsProps {
  readonly sensor: SensorDetailJson
  readonly field: string
  readonly opened: Opened
}

function Facts({ sensor, field, opened: { picture, values } }: FactsProps) {
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
          Damaged: the camera sent an incomplete picture. The original is kept as it came.
        </p>
      )}
      <ValueList sensor={sensor} values={values} except={field} />
      <a
        href={client.imageUrl(sensor.name, picture.image, 'original')}
        download={fileNameOf(sensor.name, field, picture)}
        className="mt-4 inline-flex h-10 items-center gap-2 rounded-md border border-white/25 px-3.5 font-medium hover:bg-white/10 focus-visible:outline-white"
      >
        <Download aria-hidden="true" className="size-4" />
        Download original
      </a>
    </div>
  )
}

/** The picture at an instant; its neighbours are fetched ahead. */
function useOpened(sensor: string, field: string, t: number) {
  const client = useClient()
  const queryClient = useQueryClient()
  const query = useQuery({
    queryKey: [...viewKeys.picture(sensor), field, t],
    queryFn: ({ signal }) => openPicture(client, sensor, field, t, signal),
    placeholderData: keepPreviousData,
  })
  const { data } = query
  useEffect(() => {
    for (const neighbour of [data?.next ?? null, data?.previous ?? null]) {
      if (neighbour === null) continue
      const queryKey = [...viewKeys.picture(sensor), field, neighbour]
      void queryClient
        .fetchQuery({
          queryKey,
          queryFn: ({ signal }) => openPicture(client, sensor, field, neighbour, signal),
          staleTime: 60_000,
        })
        .then(
          (opened) => {
            if (opened !== null) new Image().src = client.imageUrl(sensor, opened.picture.image, 'preview')
            return opened
          },
          // Ahead of time only: when it is asked for, its error shows.
          () => null,
        )
    }
  }, [client, queryClient, sensor, field, data])
  return query
}
