import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import coarseUrl from 'world-atlas/land-110m.json?url'
import fineUrl from 'world-atlas/land-50m.json?url'
import { type Coast, coastsOf } from './coast.ts'

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
  return coastsOf(ring.map(([lon = 0, lat = 0]) => ({ lat, lon })))
}
