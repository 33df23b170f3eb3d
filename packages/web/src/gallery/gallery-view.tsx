import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useState } from 'react'
import { problemText } from '../api/problem-text.ts'
import { iconButtonStyle } from '../design/button-style.ts'
import { Notice } from '../design/notice.tsx'
import { Spinner } from '../design/spinner.tsx'
import { text as common } from '../design/texts.ts'
import type { ShownField } from '../fields/field-view.ts'
import { formatRange } from '../timeline/format-time.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useTag } from '../tags/use-tag.ts'
import { PictureGrid } from './picture-grid.tsx'
import { text } from './texts.ts'
import { useGallery } from './use-gallery.ts'

export interface GalleryViewProps {
  /** An image field. */
  readonly field: ShownField
  readonly onClose: () => void
}

/** All pictures of what the timeline shows, by days; one opens in full. */
export function GalleryView({ field, onClose }: GalleryViewProps) {
  const timeline = useTimeline()
  // A range that follows now would move under who looks at it.
  const [range] = useState(() => timeline.past())
  const gallery = useGallery(field.sensor, field.name, range, useTag())
  const count = gallery.pictures.length
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className="fixed inset-0 z-40 flex flex-col bg-canvas text-ink outline-none">
          <header className="flex items-center gap-4 border-b border-line bg-surface px-4 py-2.5 sm:px-6">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="truncate text-base font-semibold">
                {text('title', { camera: field.label })}
              </Dialog.Title>
              <p className="reading truncate text-xs text-muted">
                {formatRange(range)}
                {count > 0 && ` · ${text(gallery.hasMore ? 'foundMore' : 'found', { count })}`}
              </p>
            </div>
            <Dialog.Close aria-label={common('close')} className={iconButtonStyle('pointer-coarse:size-11')}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </header>
          {gallery.error !== null && (
            <div className="p-4">
              <Notice tone="error">{problemText(gallery.error)}</Notice>
            </div>
          )}
          {gallery.isLoading && (
            <div className="grid flex-1 place-items-center">
              <Spinner />
            </div>
          )}
          {!gallery.isLoading && count === 0 && gallery.error === null && (
            <p className="grid flex-1 place-items-center p-6 text-muted">{text('none')}</p>
          )}
          {count > 0 && <PictureGrid field={field} gallery={gallery} startAt={timeline.pinned.get()} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
