import { instantOfWall, wallOf } from './zone.ts'

/** An instant as `<input type="datetime-local">` holds it, in the shown time zone, to the second. */
export function toLocalInput(t: number): string {
  const date = new Date(wallOf(t))
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  return `${year}${date
    .toISOString()
    .replace(/^[+-]?\d+/, '')
    .slice(0, '-01-01T00:00:00'.length)}`
}

/** The instant of such an input's value; null when it is empty or incomplete. */
export function fromLocalInput(text: string): number | null {
  const wall = Date.parse(`${text}Z`)
  return text === '' || Number.isNaN(wall) ? null : instantOfWall(wall)
}
