import { ChevronLeft, ChevronRight, RefreshCw, ZoomOut } from 'lucide-react'
import { classNames } from '../design/class-names.ts'
import { IconButton } from '../design/icon-button.tsx'
import { TagFilter } from '../tags/tag-filter.tsx'
import { FollowButton } from './follow-button.tsx'
import { KeyHelp } from './key-help.tsx'
import { namedSpanOf, namedSpans, type RangeChoice } from './range.ts'
import { RangePicker } from './range-picker.tsx'
import { useTimeline } from './timeline-context.ts'
import type { Live } from './use-live.ts'
import { useSignal } from './use-signal.ts'
import { text } from './texts.ts'

export interface RangeBarProps {
  readonly live: Live
  readonly isFetching: boolean
  readonly onRefresh: () => void
}

/** Chooses what the view shows. */
export function RangeBar({ live, isFetching, onRefresh }: RangeBarProps) {
  const timeline = useTimeline()
  return (
    <div role="toolbar" aria-label={text('range')} className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SpanChoice />
      <div className="flex min-w-0 items-center max-sm:order-first max-sm:w-full">
        <IconButton label={text('rangeBefore')} onClick={() => timeline.turn(-1)}>
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <RangePicker />
        <IconButton label={text('rangeAfter')} onClick={() => timeline.turn(1)}>
          <ChevronRight aria-hidden="true" />
        </IconButton>
        <span className="sm:hidden">
          <TagFilter />
        </span>
      </div>
      <div className="ml-auto flex min-w-0 items-center max-sm:hidden">
        <FollowButton live={live} />
        <TagFilter />
        <IconButton label={text('zoomOut')} onClick={() => timeline.zoomBy(3)}>
          <ZoomOut aria-hidden="true" />
        </IconButton>
        <RefreshButton isFetching={isFetching} onRefresh={onRefresh} />
        <KeyHelp />
      </div>
    </div>
  )
}

/** What the bar holds beside the name where there is little room. */
export function NarrowControls({ live }: Pick<RangeBarProps, 'live'>) {
  return (
    <div className="flex items-center sm:hidden">
      <FollowButton live={live} />
    </div>
  )
}

function RefreshButton({ isFetching, onRefresh }: Omit<RangeBarProps, 'live'>) {
  return (
    <IconButton label={text('refresh')} onClick={onRefresh} aria-busy={isFetching}>
      <RefreshCw
        aria-hidden="true"
        className={classNames(isFetching && 'animate-spin motion-reduce:animate-none')}
      />
    </IconButton>
  )
}

/** Lengths that follow now, and everything. */
function SpanChoice() {
  const timeline = useTimeline()
  const choice = useSignal(timeline.choice)
  const range = useSignal(timeline.range)
  const current = choice.kind === 'all' ? 'all' : namedSpanOf(range)
  const choices: readonly (readonly [string, string, RangeChoice])[] = [
    ...namedSpans.map((span) => [span, text(span), { kind: 'following', span }] as const),
    ['all', text('all'), { kind: 'all' }],
  ]
  return (
    <fieldset
      aria-label={text('rangeLength')}
      className="flex min-w-0 rounded-lg border border-line bg-sunken p-0.5 max-sm:w-full"
    >
      {choices.map(([key, label, chosen]) => (
        <button
          key={key}
          type="button"
          aria-pressed={current === key}
          onClick={() => timeline.choose(chosen)}
          className={classNames(
            'h-8 rounded-md px-3 text-sm transition-colors pointer-coarse:h-11 max-sm:min-w-0 max-sm:flex-auto max-sm:px-1',
            current === key
              ? 'bg-raised font-medium text-ink shadow-low'
              : 'text-muted hover:bg-hover hover:text-ink',
          )}
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}
