import { type Colour, css, mix } from './colour.ts'
import { HEIGHT, HORIZON, WIDTH } from './size.ts'

const NIGHT: Colour = [10, 14, 26]

/** A colour of the day as it looks under this brightness. */
export function lit(colour: Colour, bright: number): string {
  return css(mix(NIGHT, colour, bright))
}

/** Hills, meadow and the path to the door. */
export function drawLandscape(bright: number): string {
  const far = lit([128, 150, 168], bright)
  const near = lit([98, 132, 112], bright)
  return [
    `<path d="M0 ${HORIZON} V322 Q120 262 260 318 T520 300 T760 322 T${WIDTH} 286 V${HORIZON}Z" fill="${far}"/>`,
    `<path d="M0 ${HORIZON + 10} V366 Q160 322 330 362 T640 352 T${WIDTH} 360 V${HORIZON + 10}Z" fill="${near}"/>`,
    `<linearGradient id="grass" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${lit([132, 170, 84], bright)}"/><stop offset="1" stop-color="${lit([74, 118, 56], bright)}"/></linearGradient>`,
    `<rect y="${HORIZON}" width="${WIDTH}" height="${HEIGHT - HORIZON}" fill="url(#grass)"/>`,
    `<path d="M432 540 L528 540 L640 ${HEIGHT} L340 ${HEIGHT}Z" fill="${lit([198, 178, 140], bright)}"/>`,
  ].join('')
}
