import type { ImageJson } from '@senio/protocol/api'
import { readerLocale } from '../i18n/language.ts'
import { text } from './texts.ts'

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
const FORMATS = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP' } as const

/** A name for a downloaded original that sorts by time: "rpi cam1 2016-09-23T13-40-41.614Z.jpg". */
export function fileNameOf(sensor: string, field: string, picture: ImageJson): string {
  const time = new Date(picture.timestamp).toISOString().replaceAll(':', '-')
  return `${sensor} ${field} ${time}.${EXTENSIONS[picture.type]}`
}

/** For people: "720 × 480 pixels, JPEG, 51.2 kB". */
export function describe(picture: ImageJson): string {
  const { width, height } = picture
  const size =
    width === null || height === null
      ? []
      : [text('pixels', { width: String(width), height: String(height) })]
  return [...size, FORMATS[picture.type], formatBytes(picture.bytes)].join(', ')
}

/** In powers of 1000, as file managers do. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(readerLocale(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** power)
}
