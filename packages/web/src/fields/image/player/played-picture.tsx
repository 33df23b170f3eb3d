import { useEffect, useRef } from 'react'
import { setText } from '../../../design/set-text.ts'
import { formatExact } from '../../../timeline/format-time.ts'
import { useSignal, useSignalEffect } from '../../../timeline/use-signal.ts'
import type { Theatre } from './theatre.ts'

/** So long the last frame stays while the same picture is fetched in a better size. */
const LINGER_MS = 600

export interface PlayedPictureProps {
  readonly theatre: Theatre
  /** Its key. */
  readonly field: string
}

/** What a camera saw at the playhead, over the picture at rest; drawn without rendering. */
export function PlayedPicture({ theatre, field }: PlayedPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<ImageBitmap>(null)
  const state = useSignal(theatre.player.state)
  const isPlaying = state === 'playing'

  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    if (isPlaying) {
      element.hidden = false
      return
    }
    const timer = setTimeout(() => {
      element.hidden = true
    }, LINGER_MS)
    return () => clearTimeout(timer)
  }, [isPlaying])

  useSignalEffect([theatre.shown], () => {
    const frame = theatre.frameOf(field)
    const element = canvas.current
    if (element === null || frame === null || frame === drawn.current) return
    drawn.current = frame
    if (element.width !== frame.width || element.height !== frame.height) {
      element.width = frame.width
      element.height = frame.height
    }
    element.getContext('2d')?.drawImage(frame, 0, 0)
  })

  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      hidden
      className="pointer-events-none absolute inset-0 size-full bg-sunken object-contain"
    />
  )
}

/** When that was, in place of when the picture at rest was taken. */
export function PlayedTime({ theatre, field }: PlayedPictureProps) {
  const text = useRef<HTMLSpanElement>(null)

  useSignalEffect([theatre.shown], () => {
    const t = theatre.takenAt(field)
    if (text.current !== null) setText(text.current, t === null ? '' : formatExact(t))
  })

  return <span ref={text} className="reading ml-auto text-muted" />
}
