import type { ImageJson } from '@senio/protocol/api'
import { calendarOf, instantOf } from '../timeline/zone.ts'

/** A line of a gallery: the heading of a day, or pictures side by side. */
export type GalleryRow =
  | { readonly kind: 'day'; readonly t: number }
  | { readonly kind: 'pictures'; readonly first: number; readonly pictures: readonly ImageJson[] }

/**
 * Pictures in rows, each day with a heading of its own.
 * @param pictures ascending
 * @param columns at least 1
 */
export function galleryRows(pictures: readonly ImageJson[], columns: number): readonly GalleryRow[] {
  const rows: GalleryRow[] = []
  // Calendars are slow to ask: once for each day.
  let nextDay = -Infinity
  let row: ImageJson[] = []
  for (const [index, picture] of pictures.entries()) {
    const isNewDay = picture.timestamp >= nextDay
    if (isNewDay) {
      rows.push({ kind: 'day', t: picture.timestamp })
      const { year, month, day } = calendarOf(picture.timestamp)
      nextDay = instantOf(year, month, day + 1)
    }
    if (isNewDay || row.length === columns) {
      row = []
      rows.push({ kind: 'pictures', first: index, pictures: row })
    }
    row.push(picture)
  }
  return rows
}

/** The row that holds a picture; -1 for none. @param index of the picture */
export function rowOf(rows: readonly GalleryRow[], index: number): number {
  return rows.findIndex(
    (row) => row.kind === 'pictures' && index >= row.first && index < row.first + row.pictures.length,
  )
}

/**
 * Where a key leads.
 * @param index of the picture that has the focus
 * @returns null for keys that mean nothing here
 */
export function keyTarget(
  key: string,
  index: number,
  rows: readonly GalleryRow[],
  count: number,
): number | null {
  const to = (target: number) => Math.max(0, Math.min(count - 1, target))
  if (key === 'ArrowLeft') return to(index - 1)
  if (key === 'ArrowRight') return to(index + 1)
  if (key === 'Home') return 0
  if (key === 'End') return to(count - 1)
  const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -4, PageDown: 4 }[key]
  if (step === undefined) return null
  const ofPictures = rows.filter((row) => row.kind === 'pictures')
  const here = rowOf(ofPictures, index)
  const from = ofPictures[here]
  const next = ofPictures[Math.max(0, Math.min(ofPictures.length - 1, here + step))]
  if (from === undefined || next === undefined) return to(index)
  return next.first + Math.min(index - from.first, next.pictures.length - 1)
}
