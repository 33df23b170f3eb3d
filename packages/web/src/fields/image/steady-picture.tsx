import { useEffect, useState } from 'react'
import { newestFirst } from './newest-first.ts'
import { createPrefetcher } from './prefetch.ts'
import { text } from './texts.ts'

/** Larger pictures are fetched once the cursor rests. */
const REST_MS = 200
/** Browsers open six connections to a server. */
const PREFETCHED_AT_ONCE = 2
/** Thumbs of about 10 KB, for as long as the browser's cache has them. */
const REMEMBERED = 500

export interface SteadyPictureProps {
  readonly thumb: string
  readonly preview: string
  readonly alt: string
  /** Thumbs that may be wanted next, the likeliest first. */
  readonly next: readonly string[]
  readonly className?: string
  /** Told each picture's width by height. */
  readonly onAspect?: (aspect: number) => void
}

interface Shown {
  readonly url: string
  /** The thumb that it belongs to. */
  readonly of: string
  readonly isPreview: boolean
}

/**
 * A picture that changes without flashing: the old one stays until the new one is decoded, small first. While pictures
 * change faster than they come, those that come are shown, and the others left out.
 */
export function SteadyPicture({ thumb, preview, alt, next, className, onAspect }: SteadyPictureProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [failed, setFailed] = useState<string | null>(null)

  const [follow] = useState(() =>
    newestFirst<string>({
      load: decoded,
      onLoaded: (of) =>
        setShown((old) => (old?.of === of && old.isPreview ? old : { url: of, of, isPreview: false })),
      onFailed: setFailed,
    }),
  )
  useEffect(() => follow.stop, [follow])
  useEffect(() => {
    let isOver = false
    follow.want(thumb)
    const timer = setTimeout(() => {
      decoded(preview).then(
        () => !isOver && setShown({ url: preview, of: thumb, isPreview: true }),
        // A preview that can't be had leaves the thumb.
        () => {},
      )
    }, REST_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [follow, thumb, preview])

  const [ahead] = useState(() =>
    createPrefetcher({ load: decoded, atOnce: PREFETCHED_AT_ONCE, remembered: REMEMBERED }),
  )
  useEffect(() => ahead.stop, [ahead])
  const isShown = shown?.of === thumb
  // What is wanted now comes first.
  useEffect(() => ahead.expect(isShown ? next : []), [ahead, isShown, next])

  if (failed === thumb && shown?.of !== thumb) {
    return <p className="grid size-full place-items-center p-4 text-sm text-muted">{text('cannotShow')}</p>
  }
  if (shown === null) return null
  return (
    <img
      src={shown.url}
      alt={alt}
      draggable={false}
      className={className}
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
        onAspect?.(naturalWidth / naturalHeight)
      }
    />
  )
}

/** Fetches and decodes a picture away from the page's thread. */
async function decoded(url: string): Promise<void> {
  const image = new Image()
  image.src = url
  await image.decode()
}
