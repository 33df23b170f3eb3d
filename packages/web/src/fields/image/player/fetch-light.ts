import type { Client } from '@senio/client'
import type { ImageJson } from '@senio/protocol/api'
import { columnBrightness, showsLight } from './daylight.ts'
import type { Slices } from './pick.ts'

/** Pixels: the mean of a picture needs no more. */
const HEIGHT = 4

/**
 * Those of ascending pictures that show light. How bright they are is told by a keogram of the same slices, which
 * costs one small answer a thousand pictures.
 */
export async function onlyLight(
  client: Client,
  { sensor, field }: { readonly sensor: string; readonly field: string },
  parts: readonly { readonly slices: Slices; readonly pictures: readonly ImageJson[] }[],
  signal: AbortSignal,
): Promise<readonly ImageJson[]> {
  const known = await Promise.all(
    parts.map(async ({ slices: { from, to, count }, pictures }) => {
      if (pictures.length === 0) return []
      const query = { field, from, to, width: count, height: HEIGHT, column: 'mean' as const }
      const { blob } = await client.keogram(sensor, query, { signal })
      const columns = await brightnessOf(blob)
      return pictures.map(({ timestamp }) => {
        const column = Math.floor(((timestamp - from) / (to - from)) * count)
        return columns[column] ?? columns[column - 1] ?? null
      })
    }),
  )
  const isLight = showsLight(known.flat())
  return parts.flatMap(({ pictures }) => pictures).filter((_, index) => isLight[index])
}

async function brightnessOf(blob: Blob): Promise<readonly (number | null)[]> {
  const picture = await createImageBitmap(blob)
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  context?.drawImage(picture, 0, 0)
  picture.close()
  return context === null ? [] : columnBrightness(context.getImageData(0, 0, width, height).data, width)
}
