import type { SensorDetailJson } from '@senio/protocol/api'
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ViewSearch } from '../timeline/search.ts'
import { useViewSearch } from '../timeline/use-view-url.ts'

const ImageViewer = lazy(async () => ({ default: (await import('./image-viewer.tsx')).ImageViewer }))

/** The picture that the address asks for, so that it can be shared, and closed with Back. */
export function ViewerInUrl({ sensor }: { readonly sensor: SensorDetailJson }) {
  const { image, pinned } = useViewSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const { state } = useLocation()
  if (image === null || pinned === null || sensor.fields[image]?.type !== 'image') return null

  function move(t: number): void {
    void navigate({
      to: '.',
      search: ((previous: ViewSearch) => ({ ...previous, t })) as never,
      replace: true,
      state: true,
      resetScroll: false,
    })
  }

  function close(): void {
    if ('isImageStep' in state) {
      router.history.back()
      return
    }
    void navigate({
      to: '.',
      search: ((previous: ViewSearch) => ({ ...previous, image: undefined })) as never,
      replace: true,
      resetScroll: false,
    })
  }

  return (
    <Suspense fallback={null}>
      <ImageViewer sensor={sensor} field={image} t={pinned} onMove={move} onClose={close} />
    </Suspense>
  )
}
