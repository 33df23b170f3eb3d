import type { ImageJson } from '@senio/protocol/api'
import { ChevronLeft, ChevronRight, Maximize, Scan } from 'lucide-react'
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { classNames } from '../design/class-names.ts'
import { useZoomGestures, type ZoomGestures } from './use-zoom-gestures.ts'
import type { Size } from './zoom.ts'
import { text } from './texts.ts'

/** Longest side of a preview, in pixels. */
const PREVIEW = 1280

export interface PictureStageProps {
  readonly sensor: string
  readonly picture: ImageJson
  readonly alt: string
  /** null where there is none. */
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
}

/** One picture, as large as there is room; zooms to its pixels, and pages by keys, buttons and swipes. */
export function PictureStage({ sensor, picture, alt, onPrevious, onNext }: PictureStageProps) {
  const client = useClient()
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage)
  const [natural, setNatural] = useState<Size | null>(null)
  const pixels: Size =
    picture.width === null || picture.height === null
      ? (natural ?? { width: 4, height: 3 })
      : { width: picture.width, height: picture.height }
  const gestures = useZoomGestures(stage, pixels, size, (direction) => {
    if (direction === 1) onNext?.()
    else onPrevious?.()
  })
  const { zoom, swiped } = gestures
  const isLarge = Math.max(pixels.width, pixels.height) * zoom.scale * devicePixelRatio > PREVIEW * 1.1
  const isOriginal = !picture.damaged && Math.max(pixels.width, pixels.height) > PREVIEW && isLarge

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const acts: Readonly<Record<string, (() => void) | null>> = {
      ...(gestures.isZoomed ? panKeys(gestures) : { ArrowLeft: onPrevious, ArrowRight: onNext }),
      '+': () => gestures.stepBy(1),
      '=': () => gestures.stepBy(1),
      '-': () => gestures.stepBy(-1),
      '1': gestures.toggle,
    }
    const act = acts[event.key]
    if (act === undefined || act === null) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    // Before the dialog, which keeps keys to itself.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])

  const box = {
    width: pixels.width * zoom.scale,
    height: pixels.height * zoom.scale,
    transform: `translate(${zoom.x + swiped}px, ${zoom.y}px)`,
    imageRendering: zoom.scale * devicePixelRatio > 3 ? 'pixelated' : 'auto',
  } as const
  return (
    <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden">
      <div
        ref={stage}
        className={classNames(
          'absolute inset-0 grid touch-none place-items-center overflow-hidden select-none',
          gestures.isZoomed ? 'cursor-grab active:cursor-grabbing' : 'cursor-zoom-in',
        )}
      >
        {size.width > 0 && (
          <div className="relative shrink-0" style={box}>
            {(isOriginal ? (['preview', 'original'] as const) : (['preview'] as const)).map((which) => (
              <img
                key={`${picture.image} ${which}`}
                src={client.imageUrl(sensor, picture.image, which)}
                alt={which === 'preview' ? alt : ''}
                draggable={false}
                decoding="async"
                onLoad={({ currentTarget }) =>
                  setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
                }
                className="absolute inset-0 size-full"
              />
            ))}
          </div>
        )}
      </div>
      <PageButton side="left" label={text('previous')} onClick={onPrevious} />
      <PageButton side="right" label={text('next')} onClick={onNext} />
      <button
        type="button"
        onClick={gestures.toggle}
        aria-pressed={gestures.isZoomed}
        aria-label={text('actualPixels')}
        title={gestures.isZoomed ? text('wholePicture') : text('actualPixels')}
        className={classNames(roundButton, 'right-3 bottom-3 size-11')}
      >
        {gestures.isZoomed ? <Maximize aria-hidden="true" /> : <Scan aria-hidden="true" />}
      </button>
    </div>
  )
}

const PAN_STEP = 0.2

/** In a magnified picture the arrows move it. */
function panKeys({ panBy }: ZoomGestures) {
  return {
    ArrowLeft: () => panBy(-PAN_STEP, 0),
    ArrowRight: () => panBy(PAN_STEP, 0),
    ArrowUp: () => panBy(0, -PAN_STEP),
    ArrowDown: () => panBy(0, PAN_STEP),
  }
}

const roundButton =
  'absolute grid place-items-center rounded-full border border-white/25 bg-black/60 text-white transition-colors hover:bg-black/80 disabled:opacity-25 [&>svg]:size-5 focus-visible:outline-white'

interface PageButtonProps {
  readonly side: 'left' | 'right'
  readonly label: string
  readonly onClick: (() => void) | null
}

function PageButton({ side, label, onClick }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={onClick === null}
      onClick={() => onClick?.()}
      className={classNames(
        roundButton,
        'top-1/2 size-12 -translate-y-1/2',
        side === 'left' ? 'left-3' : 'right-3',
      )}
    >
      {side === 'left' ? <ChevronLeft aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
    </button>
  )
}

function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}
