import { HOUR, MINUTE, SECOND } from '@senio/protocol'
import { useEffect, useState } from 'react'
import { ago } from './ago.ts'

/** How long ago something was, kept up to date; the exact time on hover. `at`: ms since the epoch. */
export function RelativeTime({ at, className }: { readonly at: number; readonly className?: string }) {
  const now = useNow(at)
  const date = new Date(at)
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' })}
      {...(className === undefined ? {} : { className })}
    >
      {ago(at, now)}
    </time>
  )
}

/** The clock, ticking as often as the text for `at` changes. */
function useNow(at: number): number {
  const [now, setNow] = useState(Date.now)
  const age = Math.abs(now - at)
  const every = age < MINUTE ? SECOND : age < HOUR ? 15 * SECOND : 5 * MINUTE
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  // A value newer than the last tick isn't in the future.
  return Math.max(now, Math.min(at, Date.now()))
}
