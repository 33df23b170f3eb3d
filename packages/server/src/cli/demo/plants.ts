import { lit } from './landscape.ts'
import { randomAt } from './noise.ts'

/** Where the plants stand, pixels from the left: on both sides of the door. */
const ROWS = [206, 254, 302, 350, 398, 566, 614, 662, 710, 758] as const
const SOIL = 532

/**
 * Tomatoes, with leaves that turn to the light and fruit that ripens.
 * @param growth 0 at the beginning to 1 at the end of the demo
 * @param light 0 to 1: leaves hang at night
 */
export function drawPlants(growth: number, light: number, bright: number): string {
  const plants = ROWS.map((x, index) => drawPlant(x, index, growth, light, bright))
  const soil = lit([94, 66, 48], bright)
  const beds = [
    [182, 242],
    [542, 242],
  ].map(([x, width]) => `<rect x="${x}" y="${SOIL - 6}" width="${width}" height="14" rx="4" fill="${soil}"/>`)
  return [...beds, ...plants].join('')
}

function drawPlant(x: number, index: number, growth: number, light: number, bright: number): string {
  const height = (96 + 34 * randomAt(40, index)) * (0.62 + 0.38 * growth)
  const pairs = 4 + Math.round(3 * growth)
  const droop = 10 - 20 * light
  const stem = `<path d="M${x} ${SOIL}v${(-height).toFixed(1)}" stroke="${lit([86, 128, 58], bright)}" stroke-width="4" stroke-linecap="round"/>`
  const leaf = [lit([74, 142, 62], bright), lit([94, 164, 70], bright)] as const
  const leaves = Array.from({ length: pairs }, (_, pair) => {
    const y = SOIL - height * ((pair + 1) / pairs)
    const length = 24 - 12 * (pair / pairs)
    return [-1, 1]
      .map(
        (side) =>
          `<ellipse cx="${x + side * length * 0.8}" cy="${y.toFixed(1)}" rx="${length.toFixed(1)}" ry="7.5" fill="${leaf[pair % 2 === 0 ? 0 : 1]}" transform="rotate(${(side * (droop + 12)).toFixed(1)} ${x} ${y.toFixed(1)})"/>`,
      )
      .join('')
  })
  const fruits = Array.from({ length: Math.round(4 * growth + randomAt(41, index)) }, (_, fruit) => {
    const ripe = growth + 0.5 * randomAt(42, index * 7 + fruit) > 0.75
    const colour = lit(ripe ? [226, 62, 44] : [172, 190, 74], Math.min(1, bright + 0.06))
    const y = SOIL - height * (0.25 + 0.16 * fruit)
    const side = fruit % 2 === 0 ? -1 : 1
    return `<circle cx="${x + side * 10}" cy="${y.toFixed(1)}" r="7.5" fill="${colour}"/>`
  })
  return stem + leaves.join('') + fruits.join('')
}
