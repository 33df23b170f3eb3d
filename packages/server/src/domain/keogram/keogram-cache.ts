import { DAY, type TimestampMs } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'

/** Nobody is told which tiles a deleted picture is in: all of them go after a while, and are made again if need be. */
const MOST_DAYS = 7
/** Of all tiles together. */
const MOST_BYTES = 256 * 1024 * 1024

/** Removes old tiles, and the oldest when there are too many. @returns how many were removed */
export async function collectKeograms(store: BlobStore, now: TimestampMs): Promise<number> {
  const tiles: { readonly ref: string; readonly bytes: number; readonly modified: number }[] = []
  for await (const tile of store.list()) tiles.push(tile)
  let bytes = 0
  let removed = 0
  for (const tile of tiles.toSorted((a, b) => b.modified - a.modified)) {
    bytes += tile.bytes
    if (bytes <= MOST_BYTES && tile.modified > now - MOST_DAYS * DAY) continue
    await store.delete(tile.ref)
    removed++
  }
  return removed
}
