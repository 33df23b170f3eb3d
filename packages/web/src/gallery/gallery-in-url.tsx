import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { LayoutGrid } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Tooltip } from '../design/tooltip.tsx'
import type { ShownField } from '../fields/field-view.ts'
import { trackButtonStyle } from '../design/track-button-style.ts'
import type { ViewSearch } from '../timeline/search.ts'
import { useViewSearch } from '../timeline/use-view-url.ts'
import { text } from './texts.ts'

const GalleryView = lazy(async () => ({ default: (await import('./gallery-view.tsx')).GalleryView }))

/** Opens all pictures of a camera; the address says so, so that Back closes them and leads back from a picture. */
export function GalleryInUrl({ field }: { readonly field: ShownField }) {
  const { gallery, image } = useViewSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const { state } = useLocation()

  function show(isOpen: boolean): void {
    if (!isOpen && 'isGalleryStep' in state) return router.history.back()
    void navigate({
      to: '.',
      search: ((previous: ViewSearch) => ({ ...previous, gallery: isOpen ? field.key : undefined })) as never,
      ...(isOpen ? { state: { isGalleryStep: true } as never } : { replace: true }),
      resetScroll: false,
    })
  }

  return (
    <>
      <Tooltip text={text('pictures')}>
        <button
          type="button"
          aria-label={text('title', { camera: field.label })}
          onClick={() => show(true)}
          className={trackButtonStyle(false)}
        >
          <LayoutGrid aria-hidden="true" />
        </button>
      </Tooltip>
      {gallery === field.key && image === null && (
        <Suspense fallback={null}>
          <GalleryView field={field} onClose={() => show(false)} />
        </Suspense>
      )}
    </>
  )
}
