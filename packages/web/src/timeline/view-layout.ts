import { VIEW_COLUMNS } from '@senio/protocol'
import type { Panel } from '../fields/panels.ts'

/** Panels that share an axis because they are as wide as the view, or that stand side by side with an axis each. */
export type ViewBand =
  | { readonly kind: 'full'; readonly key: string; readonly panels: readonly Panel[] }
  | { readonly kind: 'split'; readonly key: string; readonly panels: readonly Panel[] }

/** Where panels side by side would be too narrow to read. */
export const NARROW_VIEW = '(max-width: 48rem)'

/** Lays panels out from left to right and then down. Where there is little room each is as wide as the view. */
export function bandsOf(panels: readonly Panel[], isNarrow: boolean): readonly ViewBand[] {
  const bands: { kind: ViewBand['kind']; key: string; panels: Panel[]; columns: number }[] = []
  for (const panel of panels) {
    const isFull = isNarrow || panel.columns >= VIEW_COLUMNS
    const last = bands.at(-1)
    const kind = isFull ? 'full' : 'split'
    const fits = last?.kind === kind && (isFull || last.columns + panel.columns <= VIEW_COLUMNS)
    if (last === undefined || !fits) {
      bands.push({ kind, key: panel.key, panels: [panel], columns: panel.columns })
    } else {
      last.panels.push(panel)
      last.columns += panel.columns
    }
  }
  return bands.map(({ kind, key, panels: members }) => ({ kind, key, panels: members }))
}

/** Whether a panel stands beside others, or could: then it shows what it has in its own place. */
export function isOnItsOwn(panel: Panel, isNarrow: boolean): boolean {
  return !isNarrow && panel.columns < VIEW_COLUMNS
}
