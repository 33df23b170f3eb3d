import { useEffect, useRef, useState } from 'react'
import { problemText } from '../../../api/problem-text.ts'
import { classNames } from '../../../design/class-names.ts'
import { formatRange } from '../../../timeline/format-time.ts'
import { useTimeline } from '../../../timeline/timeline-context.ts'
import { useSignal, useSignalEffect, useThrottled } from '../../../timeline/use-signal.ts'
import type { ShownField } from '../../field-view.ts'
import { text } from '../texts.ts'
import { drawKeogram } from './draw-keogram.ts'
import { useKeogram } from './use-keogram.ts'

export interface KeogramRowProps {
  readonly field: ShownField
  /** CSS pixels. */
  readonly height: number
}

const DESCRIBE_EVERY_MS = 500

/** The pictures of a camera as one: a column of pixels each, on the time axis. */
export function KeogramRow({ field, height }: KeogramRowProps) {
  const timeline = useTimeline()
  const plot = useSignal(timeline.plot)
  const canvas = useRef<HTMLCanvasElement>(null)
  const ratio = usePixelRatio()
  const [width, high] = [Math.round(plot.width * ratio), Math.round(height * ratio)]
  const { wanted, loaded, isLoading, error } = useKeogram(field, high)
  const described = useThrottled([timeline.range], timeline.range.get, DESCRIBE_EVERY_MS)

  // Follows gestures without rendering.
  useSignalEffect([timeline.range], () => {
    if (canvas.current !== null) drawKeogram(canvas.current, { range: timeline.range.get(), wanted, loaded })
  })

  return (
    <div
      data-drag="zoom"
      className="touch-pan-y cursor-crosshair pt-0.5 pb-1.5"
      style={{ paddingLeft: plot.left }}
    >
      <div
        className={classNames(
          'relative overflow-hidden rounded-md',
          isLoading && loaded.length === 0
            ? 'animate-pulse bg-sunken motion-reduce:animate-none'
            : 'bg-[repeating-linear-gradient(135deg,var(--line)_0_1px,transparent_1px_7px)]',
        )}
        style={{ height, width: plot.width }}
      >
        {width > 0 && (
          <canvas
            ref={canvas}
            width={width}
            height={high}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what is drawn has no address
            role="img"
            aria-label={text('keogramOf', { camera: field.label, range: formatRange(described) })}
            aria-busy={isLoading}
            className="block size-full text-sunken"
          />
        )}
        {error !== null && !isLoading && (
          <p className="absolute inset-0 grid place-items-center bg-surface/80 px-3 text-sm text-muted">
            {problemText(error)}
          </p>
        )}
      </div>
    </div>
  )
}

/** Pixels of the screen a CSS pixel. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio)
  useEffect(() => {
    const list = matchMedia(`(resolution: ${ratio}dppx)`)
    const onChange = (): void => setRatio(devicePixelRatio)
    list.addEventListener('change', onChange)
    return () => list.removeEventListener('change', onChange)
  }, [ratio])
  return ratio
}
