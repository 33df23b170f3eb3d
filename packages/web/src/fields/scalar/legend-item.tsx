import type { FieldSeriesJson } from '@senio/protocol/api'
import { useRef } from 'react'
import { classNames } from '../../design/class-names.ts'
import { setText } from '../../design/set-text.ts'
import type { LongestPause } from '../../timeline/gaps.ts'
import { numberAt, type Reading } from '../../timeline/reading.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignalEffect } from '../../timeline/use-signal.ts'
import { FieldLabel } from '../field-label.tsx'
import type { ShownField } from '../field-view.ts'
import { formatNumber, formatScalar } from './format-number.ts'
import { text } from './texts.ts'

export interface LegendItemProps {
  readonly field: ShownField
  readonly series: FieldSeriesJson | undefined
  /** How old each value may become before it is shown as old. */
  readonly longestPause: LongestPause
  readonly isShown: boolean
  /** null where hiding makes no sense. */
  readonly onToggle: (() => void) | null
}

/** A field's name, colour and value at the cursor, which changes without rendering. */
export function LegendItem({ field, series, longestPause, isShown, onToggle }: LegendItemProps) {
  const timeline = useTimeline()
  const value = useRef<HTMLSpanElement>(null)
  const spread = useRef<HTMLSpanElement>(null)

  useSignalEffect([timeline.cursor, timeline.range], () => {
    if (value.current === null || spread.current === null) return
    const reading = series === undefined ? null : numberAt(series, longestPause, timeline.instant())
    setText(value.current, reading === null ? '–' : formatScalar(reading.value, field.unit))
    value.current.dataset['fresh'] = String(reading?.isFresh ?? false)
    setText(spread.current, formatSpread(reading?.spread ?? null))
  })

  const content = (
    <>
      <span
        aria-hidden="true"
        className={classNames('h-0.5 w-3.5 shrink-0 rounded-full', !isShown && 'opacity-30')}
        style={{ backgroundColor: `var(${field.color})` }}
      />
      <FieldLabel
        field={field}
        className={classNames('max-w-max min-w-0 flex-[1_1_4rem] text-muted', !isShown && 'line-through')}
      />
      <span
        ref={value}
        className={classNames(
          'reading min-w-12 shrink-0 text-left font-medium whitespace-nowrap data-[fresh=false]:font-normal data-[fresh=false]:text-muted',
          !isShown && 'hidden',
        )}
      />
      <span
        ref={spread}
        className={classNames(
          'reading text-xs whitespace-nowrap text-muted @max-lg:hidden',
          !isShown && 'hidden',
        )}
      />
    </>
  )
  const look = classNames(
    'flex min-h-7 max-w-full flex-wrap items-center gap-x-2 rounded-md px-1.5',
    onToggle !== null && 'pointer-coarse:min-h-11',
  )
  if (onToggle === null) return <div className={look}>{content}</div>
  return (
    <button
      type="button"
      aria-pressed={isShown}
      title={isShown ? text('hide', { field: field.label }) : text('show', { field: field.label })}
      onClick={onToggle}
      className={classNames(look, 'hover:bg-hover')}
    >
      {content}
    </button>
  )
}

function formatSpread(spread: Reading<number>['spread']): string {
  if (spread === null) return ''
  const [min, max] = [formatNumber(spread.min), formatNumber(spread.max)]
  return min === max ? '' : `${min} … ${max}`
}
