import { ChevronDown } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { TextField } from '../design/text-field.tsx'
import { formatRange } from './format-time.ts'
import { fromLocalInput, toLocalInput } from './local-date-time.ts'
import { rangeOf } from './range.ts'
import { useTimeline } from './timeline-context.ts'
import { useThrottled } from './use-signal.ts'
import { text } from './texts.ts'

const UPDATE_EVERY_MS = 120

/** Shows the range in words; opens to choose its ends. */
export function RangePicker() {
  const timeline = useTimeline()
  const range = useThrottled([timeline.range], timeline.range.get, UPDATE_EVERY_MS)
  return (
    <Popover
      title={text('range')}
      label={text('chooseEnds', { range: formatRange(range) })}
      triggerClassName={buttonStyle('quiet', 'min-w-0 shrink !px-2 max-sm:flex-1')}
      trigger={
        <>
          <span className="reading truncate max-sm:text-[0.8125rem]">{formatRange(range)}</span>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted max-sm:hidden" />
        </>
      }
      className="w-72"
    >
      {(close) => <RangeForm onDone={close} />}
    </Popover>
  )
}

function RangeForm({ onDone }: { readonly onDone: () => void }) {
  const timeline = useTimeline()
  const [from, setFrom] = useState(() => toLocalInput(timeline.range.get().from))
  const [to, setTo] = useState(() => toLocalInput(timeline.range.get().to))
  const [start, end] = [fromLocalInput(from), fromLocalInput(to)]
  const error =
    start === null || end === null ? text('bothEnds') : start >= end ? text('endBeforeStart') : undefined

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (start === null || end === null || error !== undefined) return
    timeline.zoomTo(rangeOf(start, end))
    onDone()
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label={text('from')}
        type="datetime-local"
        step={1}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextField
        label={text('to')}
        type="datetime-local"
        step={1}
        value={to}
        error={error}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" variant="primary" disabled={error !== undefined}>
        {text('show')}
      </Button>
    </form>
  )
}
