import { useEffect, useRef, useState } from 'react'
import { formatShare } from './format-share.ts'
import { difference } from './difference.ts'
import { text } from './texts.ts'

export interface DifferencePictureProps {
  /** Addresses of two pictures of this server. */
  readonly before: string
  readonly after: string
}

/** What differs between two pictures, and how much of them that is. */
export function DifferencePicture({ before, after }: DifferencePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<{ readonly of: string; readonly share: number | null } | null>(null)
  const of = `${before} ${after}`

  useEffect(() => {
    let isOver = false
    async function draw(): Promise<void> {
      let share: number | null = null
      try {
        const images = await Promise.all([decode(before), decode(after)])
        if (isOver || canvas.current === null) return
        share = drawDifference(canvas.current, images[0], images[1])
      } catch {
        // One of them can't be had: said below.
      }
      if (!isOver) setState({ of: `${before} ${after}`, share })
    }
    void draw()
    return () => {
      isOver = true
    }
  }, [before, after])

  const isShown = state?.of === of
  return (
    <>
      <canvas
        ref={canvas}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what is drawn has no address
        role="img"
        aria-label={text('bright')}
        className="absolute inset-0 size-full object-contain"
      />
      {isShown && (
        <output className="absolute bottom-3 left-3 rounded-md bg-black/70 px-3 py-1.5 text-sm text-white">
          {state.share === null
            ? text('missingPicture')
            : text('differs', { share: formatShare(state.share) })}
        </output>
      )}
    </>
  )
}

async function decode(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

/** @returns the share of pixels that differ */
function drawDifference(
  canvas: HTMLCanvasElement,
  before: HTMLImageElement,
  after: HTMLImageElement,
): number {
  const { naturalWidth: width, naturalHeight: height } = before
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return 0
  const [first, second] = [before, after].map((image) => {
    // A camera that was given another resolution still shows the same.
    context.drawImage(image, 0, 0, width, height)
    return context.getImageData(0, 0, width, height)
  })
  if (first === undefined || second === undefined) return 0
  const into = context.createImageData(width, height)
  const share = difference(first.data, second.data, into.data)
  context.putImageData(into, 0, 0)
  return share
}
