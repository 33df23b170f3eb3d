import { HOUR, MINUTE, SECOND } from '@senio/protocol'
import { useEffect, useState } from 'react'
import { ago } from './ago.ts'
import { readerLocale } from '../i18n/language.ts'

/** How long ago something was, kept up to date; the exact time on hover. `at`: ms since the epoch. */
export function RelativeTime({ at, className }: { readonly at: number; readonly className?: string }) {
  const date = new Date(at)
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(readerLocale(), { dateStyle: 'full', timeStyle: 'medium' })}
      {...(className === undefined ? {} : { className })}
    >
      {/* A new instant starts a new clock: one that ticks slowly would put it into the future. */}
      <Ticking key={at} at={at} />
    </time>
  )
}

function Ticking({ at }: { readonly at: number }) {
  const [now, setNow] = useState(Date.now)
  const age = Math.abs(now - at)
  const every = age < MINUTE ? SECOND : age < HOUR ? 15 * SECOND : 5 * MINUTE
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return ago(at, now)
}
