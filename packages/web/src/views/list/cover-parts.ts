import type { FieldJson, ListedSensorJson, ViewPanelJson } from '@senio/protocol/api'
import { fieldFormat, type ImageValue } from '@senio/protocol'
import { fieldView } from '../../fields/index.ts'

/** A camera's newest picture. */
export interface CoverPicture {
  readonly sensor: string
  readonly field: string
  readonly image: ImageValue
}

/** A field whose newest day is drawn as a small curve. */
export interface CoverCurve extends FieldJson {
  readonly sensor: string
  readonly field: string
  /** When its newest value was measured, ms since the epoch. */
  readonly last: number
}

/** What a view's card shows of it, in the order of its panels. */
export interface CoverParts {
  readonly pictures: readonly CoverPicture[]
  readonly curves: readonly CoverCurve[]
}

const MOST_PICTURES = 3
const MOST_CURVES = 3

export function coverParts(
  panels: readonly ViewPanelJson[],
  sensors: readonly Pick<ListedSensorJson, 'name' | 'fields' | 'latest'>[],
): CoverParts {
  const pictures: CoverPicture[] = []
  const curves: CoverCurve[] = []
  const seen = new Set<string>()
  for (const { sensor: name, field } of panels.flatMap(({ fields }) => fields)) {
    const sensor = sensors.find((known) => known.name === name)
    const described = sensor?.fields[field]
    const latest = sensor?.latest[field]
    const key = `${name}/${field}`
    if (described === undefined || latest === undefined || seen.has(key)) continue
    seen.add(key)
    if (fieldFormat(described.type).isFile) {
      pictures.push({ sensor: name, field, image: latest.value as ImageValue })
    } else if (fieldView(described.type).overview === 'line') {
      curves.push({ sensor: name, field, ...described, last: latest.timestamp })
    }
  }
  return { pictures: pictures.slice(0, MOST_PICTURES), curves: curves.slice(0, MOST_CURVES) }
}
