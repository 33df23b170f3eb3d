import { VIEW_COLUMNS } from '@senio/protocol'
import { USUAL_ROWS } from '../../timeline/track-height.ts'

/** How high a panel can be made, in rows. */
export const heights = { small: 2, medium: USUAL_ROWS, large: 8 } as const
export type PanelHeight = keyof typeof heights

/** How wide a panel can be made, in columns. */
export const widths = { full: VIEW_COLUMNS, twoThirds: 8, half: 6, third: 4 } as const
export type PanelWidth = keyof typeof widths

/** The height closest to what somebody set otherwise. */
export function heightOf(rows: number): PanelHeight {
  return closest(heights, rows)
}

export function widthOf(columns: number): PanelWidth {
  return closest(widths, columns)
}

/** A panel's size after an arrow key: one step narrower or wider, lower or higher; null for other keys. */
export function resized(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  key: string,
): { readonly columns: number; readonly rows: number } | null {
  switch (key) {
    case 'ArrowLeft':
      return { columns: nextSize(widths, columns, -1), rows }
    case 'ArrowRight':
      return { columns: nextSize(widths, columns, 1), rows }
    case 'ArrowUp':
      return { columns, rows: nextSize(heights, rows, -1) }
    case 'ArrowDown':
      return { columns, rows: nextSize(heights, rows, 1) }
    default:
      return null
  }
}

/** The next smaller (-1) or larger (1) of the sizes; the same where there is none. */
function nextSize(sizes: Readonly<Record<string, number>>, now: number, direction: -1 | 1): number {
  const ascending = Object.values(sizes).sort((a, b) => a - b)
  return (
    (direction === 1 ? ascending.find((size) => size > now) : ascending.findLast((size) => size < now)) ?? now
  )
}

function closest<Name extends string>(sizes: Readonly<Record<Name, number>>, wanted: number): Name {
  const names = Object.keys(sizes) as Name[]
  return names.reduce((best, name) =>
    Math.abs(sizes[name] - wanted) < Math.abs(sizes[best] - wanted) ? name : best,
  )
}
