import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import coarseUrl from 'world-atlas/land-110m.json?url'
import fineUrl from 'world-atlas/land-50m.json?url'
import { type Box, boxOf } from './map-view.ts'
import { type MapPoint, project } from './projection.ts'

/** A coast, closed, on the plane. */
export interface Coast {
  readonly ring: readonly MapPoint[]
  readonly box: Box
}

/** `coarse` is for continents, `fine` for countries. Neither is true to less than a few kilometres. */
export type LandDetail = 'coarse' | 'fine'

const urls = { coarse: coarseUrl, fine: fineUrl } as const

/** The world's land, from this server; Natural Earth's data. */
export async function fetchLand(detail: LandDetail, signal: AbortSignal): Promise<readonly Coast[]> {
  const response = await fetch(urls[detail], { signal })
  const topology = (await response.json()) as Topology
  const land = topology.objects['land']
  if (land === undefined) return []
  const shape = feature(topology, land)
  const features = shape.type === 'FeatureCollection' ? shape.features : [shape]
  return features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates.flatMap(toCoast)
    return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat().flatMap(toCoast) : []
  })
}

function toCoast(ring: readonly (readonly number[])[]): readonly Coast[] {
  const points = ring.map(([lon = 0, lat = 0]) => project({ lat, lon }))
  const box = boxOf(points)
  return box === null ? [] : [{ ring: points, box }]
}
