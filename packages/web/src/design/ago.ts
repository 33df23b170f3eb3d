import { DAY, HOUR, MINUTE, SECOND } from '@senio/protocol'

/**
 * How long ago an instant was, in words: "just now", "12 s ago", "3 min ago", "5 h ago", "2 days ago", later the date.
 * An instant that lies ahead (a device's clock is wrong) reads "in 3 min".
 * @param timestamp ms since the epoch
 * @param now ms since the epoch
 */
export function ago(timestamp: number, now: number): string {
  const past = now - timestamp
  if (Math.abs(past) < 5 * SECOND) return 'just now'
  if (Math.abs(past) >= 30 * DAY)
    return new Date(timestamp).toLocaleDateString(undefined, { dateStyle: 'medium' })
  const span = spanInWords(Math.abs(past))
  return past > 0 ? `${span} ago` : `in ${span}`
}

function spanInWords(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  const days = Math.floor(ms / DAY)
  return days === 1 ? '1 day' : `${days} days`
}
