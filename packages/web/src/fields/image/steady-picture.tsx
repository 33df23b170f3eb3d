import { useEffect, useState } from 'react'
import { text } from './texts.ts'

/** Larger pictures are fetched once the cursor rests. */
const REST_MS = 200

export interface SteadyPictureProps {
  readonly thumb: string
  readonly preview: string
  readonly alt: string
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

/** A picture that changes without flashing: the old one stays until the new one is decoded, small first. */
export function SteadyPicture({ thumb, preview, alt, className, onAspect }: SteadyPictureProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [failed, setFailed] = useState<string | null>(null)

  useEffect(() => {
    let isOver = false
    async function load(url: string, isPreview: boolean): Promise<void> {
      const image = new Image()
      image.src = url
      try {
        await image.decode()
      } catch {
        // A preview that can't be had leaves the thumb.
        if (!isOver && !isPreview) setFailed(thumb)
        return
      }
      if (isOver) return
      setShown((old) =>
        old?.of === thumb && old.isPreview && !isPreview ? old : { url, of: thumb, isPreview },
      )
    }
    void load(thumb, false)
    const timer = setTimeout(() => void load(preview, true), REST_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [thumb, preview])

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
