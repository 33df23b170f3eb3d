import type { LocationValue } from '@senio/protocol'
import { readerLocale } from '../../i18n/language.ts'

/** Degrees with five digits: to about a metre. */
const DEGREES: Intl.NumberFormatOptions = { minimumFractionDigits: 5, maximumFractionDigits: 5 }

function degrees(value: number, positive: string, negative: string): string {
  const number = new Intl.NumberFormat(readerLocale(), DEGREES).format(Math.abs(value))
  return `${number}°\u00a0${value < 0 ? negative : positive}`
}

/** A place as people write it, for example "52.52000° N, 13.40000° E". */
export function formatLocation({ lat, lon }: LocationValue): string {
  return `${degrees(lat, 'N', 'S')}, ${degrees(lon, 'E', 'W')}`
}
