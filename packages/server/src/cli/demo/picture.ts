import sharp from 'sharp'
import { drawBuilding } from './building.ts'
import type { GreenhouseState } from './greenhouse.ts'
import { drawInstruments } from './instruments.ts'
import { drawLandscape } from './landscape.ts'
import { HEIGHT, WIDTH } from './size.ts'
import { brightness, drawRain, drawSky } from './sky.ts'

/**
 * What the camera sees, as SVG.
 * @param growth of the plants: 0 at the beginning to 1 at the end of the demo
 */
export function drawScene(state: GreenhouseState, growth: number): string {
  const bright = brightness(state)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    drawSky(state),
    drawLandscape(bright),
    drawBuilding(state, growth, bright),
    drawInstruments(state, bright),
    drawRain(state),
    '</svg>',
  ].join('')
}

/** The same as a camera gives it. */
export async function takePicture(state: GreenhouseState, growth: number): Promise<Buffer> {
  return await sharp(Buffer.from(drawScene(state, growth)))
    .jpeg({ quality: 82 })
    .toBuffer()
}
