import { fieldFormat } from '@senio/protocol'
import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { type CompareSearch, parseCompare } from '../compare/compare-search.ts'
import { centredAt, contains } from '../timeline/range.ts'
import type { ViewSearch } from '../timeline/search.ts'
import { useSensors } from '../timeline/sensors-context.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useViewSearch } from '../timeline/use-view-url.ts'

const CompareView = lazy(async () => ({ default: (await import('../compare/compare-view.tsx')).CompareView }))
const ImageViewer = lazy(async () => ({ default: (await import('./image-viewer.tsx')).ImageViewer }))

const nothingOpen = { image: undefined, of: undefined, compare: undefined, how: undefined } as const

/** The picture that the address asks for, so that it can be shared, and closed with Back. */
export function ViewerInUrl() {
  const { image, of, pinned } = useViewSearch()
  const sensors = useSensors()
  const other = useCompareSearch()
  const { change, showOnTimeline, close } = useOpenPicture()
  if (image === null || pinned === null) return null
  const sensor = sensors.find(({ name, fields }) => {
    const field = fields[image]
    return (of === null || of === name) && field !== undefined && fieldFormat(field.type).isFile
  })
  if (sensor === undefined) return null

  return (
    <Suspense fallback={null}>
      {other === null ? (
        <ImageViewer
          sensor={sensor}
          field={image}
          t={pinned}
          onMove={(t) => change({ t })}
          onShowOnTimeline={showOnTimeline}
          onCompare={(t, compare) => change({ t, compare })}
          onClose={() => close(pinned)}
        />
      ) : (
        <CompareView
          sensor={sensor}
          field={image}
          t={pinned}
          other={other}
          onChange={({ t, other: next }) =>
            change({
              ...(t === undefined ? {} : { t }),
              ...(next === undefined ? {} : { compare: next.t, how: next.how }),
            })
          }
          onClose={() => change({ compare: undefined, how: undefined })}
        />
      )}
    </Suspense>
  )
}

/** What is done with the open picture: all of it changes the address. */
function useOpenPicture() {
  const timeline = useTimeline()
  const navigate = useNavigate()
  const router = useRouter()
  const { state } = useLocation()

  /** Changes what is open, without a step that Back would undo. */
  function change(next: ViewSearch): void {
    void navigate({
      to: '.',
      search: ((previous: ViewSearch) => ({ ...previous, ...next })) as never,
      replace: true,
      state: true,
      resetScroll: false,
    })
  }

  function showOnTimeline(t: number): void {
    const range = timeline.range.get()
    const isInSight = contains(range, t)
    const { from, to } = centredAt(range, t)
    change({
      ...nothingOpen,
      t,
      gallery: undefined,
      ...(isInSight ? {} : { range: undefined, from: Math.round(from), to: Math.round(to) }),
    })
  }

  /** @param t of the picture that was seen last */
  function close(t: number): void {
    if ('isImageStep' in state) {
      // The cursor stays there. Whoever presses Back wants the one from before.
      const stop = router.history.subscribe(() => {
        stop()
        change({ t })
      })
      router.history.back()
      return
    }
    void navigate({
      to: '.',
      search: ((previous: ViewSearch) => ({ ...previous, ...nothingOpen })) as never,
      replace: true,
      resetScroll: false,
    })
  }

  return { change, showOnTimeline, close }
}

/** What is compared with, as the address says. */
function useCompareSearch(): CompareSearch | null {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  return useMemo(() => parseCompare(search), [search])
}
