import { shownUnit } from './units.ts'
import { readerLocale } from '../../i18n/language.ts'

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${readerLocale() ?? ''} ${name}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(readerLocale(), options)
  formats.set(key, made)
  return made
}

/** Digits after the point that still mean something at that magnitude. */
function fractionDigits(magnitude: number): number {
  if (magnitude >= 10_000) return 0
  return magnitude >= 100 ? 1 : 2
}

/** A number as a person reads an instrument: about four digits, in the reader's locale. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude >= 1e12 || magnitude < 1e-5)) {
    return numberFormat('scientific', { notation: 'scientific', maximumFractionDigits: 3 }).format(value)
  }
  if (magnitude < 1) {
    return numberFormat('small', { maximumSignificantDigits: 4 }).format(value)
  }
  const digits = fractionDigits(magnitude)
  return numberFormat(`fixed ${digits}`, { maximumFractionDigits: digits }).format(value)
}

/** A number with its unit as shown, for example "22.5 °C". */
export function formatScalar(value: number, unit: string): string {
  const sign = shownUnit(unit)
  // A no-break space: a number and its unit stay together.
  return sign === '' ? formatNumber(value) : `${formatNumber(value)}\u00a0${sign}`
}

/** A difference with its sign and unit, for example "+2.5 °C"; the minus sign is that of numbers. */
export function formatChange(value: number, unit: string): string {
  const size = formatScalar(Math.abs(value), unit)
  return value === 0 ? `±${size}` : `${value > 0 ? '+' : '−'}${size}`
}

/** Labels of an axis: all with as many digits as its step needs. */
export function formatTicks(values: readonly number[], step: number): string[] {
  const top = Math.max(...values.map(Math.abs), 0)
  if (top >= 1e9 || (top !== 0 && top < 1e-4)) {
    const format = numberFormat('tick scientific', { notation: 'scientific', maximumFractionDigits: 2 })
    return values.map((value) => format.format(value))
  }
  const digits = Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  const compact = top >= 100_000
  const format = numberFormat(`tick ${digits} ${String(compact)}`, {
    minimumFractionDigits: compact ? 0 : digits,
    maximumFractionDigits: compact ? 2 : digits,
    notation: compact ? 'compact' : 'standard',
    // There is little room, and no number of six digits.
    useGrouping: false,
  })
  return values.map((value) => format.format(Object.is(value, -0) ? 0 : value))
}
