import type { GreenhouseState } from './greenhouse.ts'
import { type Colour, css, mix, ramp } from './colour.ts'
import { randomAt } from './noise.ts'
import { HEIGHT, HORIZON, WIDTH } from './size.ts'

/** By the sun's elevation in degrees. */
const ZENITH = [
  { at: -14, colour: [8, 12, 34] },
  { at: -6, colour: [28, 38, 86] },
  { at: 0, colour: [72, 96, 158] },
  { at: 8, colour: [84, 148, 214] },
  { at: 40, colour: [58, 134, 216] },
] as const satisfies readonly { at: number; colour: Colour }[]

const AT_HORIZON = [
  { at: -14, colour: [22, 26, 54] },
  { at: -6, colour: [122, 78, 104] },
  { at: -1, colour: [238, 132, 92] },
  { at: 4, colour: [252, 196, 132] },
  { at: 14, colour: [196, 222, 240] },
  { at: 40, colour: [178, 218, 246] },
] as const satisfies readonly { at: number; colour: Colour }[]

const OVERCAST: Colour = [138, 148, 160]

/** How bright everything under the sky is: 0.16 at night to 1. */
export function brightness({ sun, cloud }: GreenhouseState): number {
  const day = Math.min(1, Math.max(0, (sun.elevation + 8) / 20))
  return 0.16 + 0.84 * day * (1 - 0.3 * cloud)
}

/** Gradient, stars or sun or moon, clouds and rain. */
export function drawSky(state: GreenhouseState): string {
  const { sun, cloud } = state
  const bright = brightness(state)
  const grey = mix([0, 0, 0], OVERCAST, bright)
  const top = mix(ramp(ZENITH, sun.elevation), grey, cloud * 0.75)
  const bottom = mix(ramp(AT_HORIZON, sun.elevation), grey, cloud * 0.6)
  return [
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${css(top)}"/><stop offset="1" stop-color="${css(bottom)}"/></linearGradient>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>`,
    drawStars(state),
    drawMoon(state),
    drawSun(state),
    drawClouds(state, bright),
  ].join('')
}

function drawStars({ sun, cloud }: GreenhouseState): string {
  const opacity = Math.min(1, Math.max(0, (-sun.elevation - 5) / 8)) * (1 - cloud)
  if (opacity < 0.05) return ''
  const stars = Array.from({ length: 90 }, (_, star) => {
    const x = randomAt(1, star) * WIDTH
    const y = randomAt(2, star) * HORIZON * 0.9
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${(0.5 + 1.1 * randomAt(3, star)).toFixed(1)}"/>`
  })
  return `<g fill="#fff" opacity="${(opacity * 0.85).toFixed(2)}">${stars.join('')}</g>`
}

function drawSun({ sun, cloud }: GreenhouseState): string {
  if (sun.elevation < -4) return ''
  const x = WIDTH * (0.5 + sun.hourAngle / 190)
  const y = HORIZON - (sun.elevation / 60) * HORIZON * 0.95
  const colour = css(mix([255, 150, 80], [255, 246, 206], sun.elevation / 18))
  const haze = (0.5 * (1 - cloud)).toFixed(2)
  return (
    `<radialGradient id="sun"><stop offset="0" stop-color="${colour}" stop-opacity="${haze}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>` +
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="190" fill="url(#sun)"/>` +
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="34" fill="${colour}" opacity="${(1 - 0.85 * cloud).toFixed(2)}"/>`
  )
}

function drawMoon({ sun, cloud }: GreenhouseState): string {
  if (sun.elevation > -5) return ''
  const fromMidnight = sun.hourAngle > 0 ? sun.hourAngle - 180 : sun.hourAngle + 180
  const x = WIDTH * (0.5 + fromMidnight / 210)
  const y = HORIZON * (0.22 + (fromMidnight / 105) ** 2 * 0.5)
  return (
    `<g opacity="${(0.95 - 0.8 * cloud).toFixed(2)}"><circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="24" fill="#f4f0dc"/>` +
    `<circle cx="${(x - 7).toFixed(1)}" cy="${(y - 5).toFixed(1)}" r="5" fill="#d9d3ba"/><circle cx="${(x + 8).toFixed(1)}" cy="${(y + 7).toFixed(1)}" r="3.5" fill="#d9d3ba"/></g>`
  )
}

function drawClouds({ timestamp, cloud }: GreenhouseState, bright: number): string {
  const colour = css(mix([30, 34, 48], mix([255, 255, 255], [176, 184, 194], cloud), bright))
  const clouds = Array.from({ length: 7 }, (_, index) => {
    const drift = timestamp / (90_000 + 40_000 * randomAt(20, index))
    const x = ((randomAt(21, index) * 1500 + drift) % (WIDTH + 400)) - 200
    const y = 40 + randomAt(22, index) * HORIZON * 0.5
    const size = 0.6 + 0.9 * randomAt(23, index)
    const opacity = Math.min(0.95, Math.max(0, cloud * 1.7 - index * 0.16))
    if (opacity < 0.05) return ''
    return (
      `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size.toFixed(2)})" opacity="${opacity.toFixed(2)}">` +
      '<ellipse rx="95" ry="24"/><ellipse cx="-38" cy="-14" rx="46" ry="28"/><ellipse cx="18" cy="-24" rx="54" ry="36"/><ellipse cx="62" cy="-8" rx="40" ry="22"/></g>'
    )
  })
  return `<g fill="${colour}">${clouds.join('')}</g>`
}

/** In front of everything. */
export function drawRain({ timestamp, rain }: GreenhouseState): string {
  if (!rain) return ''
  const drops = Array.from({ length: 150 }, (_, drop) => {
    const place = drop + Math.floor(timestamp / 60_000) * 151
    const x = randomAt(30, place) * (WIDTH + 40)
    const y = randomAt(31, place) * HEIGHT
    return `M${x.toFixed(0)} ${y.toFixed(0)}l-5 19`
  })
  return `<path d="${drops.join('')}" stroke="#dbe7f2" stroke-width="1.3" opacity="0.5"/>`
}
