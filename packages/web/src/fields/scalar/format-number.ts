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

/** Compact labels with more digits after the point than this are longer than plain ones. */
const MOST_COMPACT_DIGITS = 2
const MOST_DIGITS = 10

/** Labels of an axis: all with as many digits as tell its steps apart. */
export function formatTicks(values: readonly number[], step: number): string[] {
  const top = Math.max(...values.map(Math.abs), 0)
  const format = tickFormat(top, step)
  return values.map((value) => format.format(Object.is(value, -0) ? 0 : value))
}

function tickFormat(top: number, step: number): Intl.NumberFormat {
  if (top >= 1e9 || (top !== 0 && top < 1e-4)) {
    const digits = Math.max(2, digitsOf(step / 10 ** Math.floor(Math.log10(top))))
    return numberFormat(`scientific ${digits}`, {
      notation: 'scientific',
      maximumFractionDigits: digits,
    })
  }
  const compactDigits = digitsOf(step / (top >= 1e6 ? 1e6 : 1e3))
  if (top >= 100_000 && compactDigits <= MOST_COMPACT_DIGITS) {
    return numberFormat('tick compact', {
      notation: 'compact',
      maximumFractionDigits: MOST_COMPACT_DIGITS,
      useGrouping: false,
    })
  }
  const digits = digitsOf(step)
  return numberFormat(`tick ${digits}`, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // There is little room.
    useGrouping: false,
  })
}

/** Digits after the point that multiples of a number have; it is 1, 2 or 5 times a power of ten. */
function digitsOf(step: number): number {
  return Math.min(MOST_DIGITS, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
}
