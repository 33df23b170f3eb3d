import { readerLocale } from '../i18n/language.ts'
/** A share from 0 to 1 in percent, with a digit after the point where it is small. */
export function formatShare(share: number): string {
  return new Intl.NumberFormat(readerLocale(), {
    style: 'percent',
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  }).format(share)
}
