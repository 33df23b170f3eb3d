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

function closest<Name extends string>(sizes: Readonly<Record<Name, number>>, wanted: number): Name {
  const names = Object.keys(sizes) as Name[]
  return names.reduce((best, name) =>
    Math.abs(sizes[name] - wanted) < Math.abs(sizes[best] - wanted) ? name : best,
  )
}
