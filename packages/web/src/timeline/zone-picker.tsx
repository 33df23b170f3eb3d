import { useEffect, useState } from 'react'
import { formatOffset } from './format-time.ts'
import { useTimeline } from './timeline-context.ts'
import { useSignal, useThrottled } from './use-signal.ts'
import { isZone, shownZone } from './zone.ts'
import { text } from './texts.ts'

/** The list is long; the first view needn't wait for it. */
const FILL_AFTER_MS = 1500
const UPDATE_EVERY_MS = 500

/** Shows how far the shown times are from UTC; opens the list of time zones. */
export function ZonePicker() {
  const timeline = useTimeline()
  const zone = useSignal(shownZone)
  const names = useZoneNames()
  const offset = useThrottled(
    [timeline.range, shownZone],
    () => formatOffset(timeline.range.get().to),
    UPDATE_EVERY_MS,
  )
  const own = new Intl.DateTimeFormat('en').resolvedOptions().timeZone

  function choose(name: string): void {
    shownZone.set(isZone(name) ? name : null)
    // Everything with a time in it is drawn anew, this picker, too.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-zone-picker]')?.focus())
  }

  return (
    <span className="relative flex h-full items-center justify-center rounded-md text-[0.6875rem] text-muted hover:bg-hover hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <span aria-hidden="true" className="reading">
        {offset}
      </span>
      <select
        data-zone-picker=""
        aria-label={text('zone')}
        title={text('timesIn', { zone: zone ?? own })}
        value={zone ?? ''}
        onChange={(event) => choose(event.target.value)}
        className="absolute inset-0 cursor-pointer opacity-0"
      >
        <option value="">{text('browserZone', { zone: own })}</option>
        <option value="UTC">UTC</option>
        {zone !== null && zone !== 'UTC' && !names.includes(zone) && <option>{zone}</option>}
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </span>
  )
}

function useZoneNames(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => {
    const timer = setTimeout(
      () => setNames(Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')),
      FILL_AFTER_MS,
    )
    return () => clearTimeout(timer)
  }, [])
  return names
}
