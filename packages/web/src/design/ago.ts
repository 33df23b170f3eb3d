import { DAY, HOUR, MINUTE, SECOND } from '@senio/protocol'
import { readerLocale } from '../i18n/language.ts'
import { text } from './texts.ts'

/**
 * How long ago an instant was, in words: "just now", "12 s ago", "3 min ago", "5 h ago", "2 days ago", later the date.
 * An instant that lies ahead (a device's clock is wrong) reads "in 3 min".
 * @param timestamp ms since the epoch
 * @param now ms since the epoch
 */
export function ago(timestamp: number, now: number): string {
  const past = now - timestamp
  if (Math.abs(past) < 5 * SECOND) return text('justNow')
  if (Math.abs(past) >= 30 * DAY)
    return new Date(timestamp).toLocaleDateString(readerLocale(), { dateStyle: 'medium' })
  const span = spanInWords(Math.abs(past))
  return text(past > 0 ? 'ago' : 'ahead', { span })
}

function spanInWords(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  return text('days', { count: Math.floor(ms / DAY) })
}
