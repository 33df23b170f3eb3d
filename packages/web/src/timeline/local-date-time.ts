/** An instant as `<input type="datetime-local">` holds it, in the reader's time zone, to the second. */
export function toLocalInput(t: number): string {
  const date = new Date(t)
  const two = (part: number): string => String(part).padStart(2, '0')
  const year = String(date.getFullYear()).padStart(4, '0')
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The instant of such an input's value; null when it is empty or incomplete. */
export function fromLocalInput(text: string): number | null {
  const t = new Date(text).getTime()
  return text === '' || Number.isNaN(t) ? null : t
}
