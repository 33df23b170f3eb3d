import type { GreenhouseState } from './greenhouse.ts'
import { lit } from './landscape.ts'
import { drawPlants } from './plants.ts'

const LEFT = 168
const RIGHT = 798
const EAVES = 330
const RIDGE = 214
const GROUND = 542
const MIDDLE = (LEFT + RIGHT) / 2

/** The glasshouse: what grows inside, glass, frame, windows of the roof, door, lamp. */
export function drawBuilding(state: GreenhouseState, growth: number, bright: number): string {
  const lamp = state.sun.elevation < -2
  // The lamp makes the inside brighter than the garden.
  const indoors = lamp ? Math.max(bright, 0.62) : bright
  const frame = lit([242, 246, 244], Math.max(bright, 0.22))
  const outline = `M${LEFT} ${GROUND}V${EAVES}L${MIDDLE} ${RIDGE}L${RIGHT} ${EAVES}V${GROUND}Z`
  return [
    `<path d="${outline}" fill="${lit(lamp ? [250, 206, 132] : [214, 236, 230], indoors)}" opacity="${lamp ? 0.62 : 0.5}"/>`,
    `<rect x="${LEFT}" y="${GROUND - 8}" width="${RIGHT - LEFT}" height="14" fill="${lit([150, 138, 124], bright)}"/>`,
    drawPlants(growth, state.light, indoors),
    `<path d="${outline}" fill="#fff" opacity="${(0.05 + haze(state)).toFixed(2)}"/>`,
    `<path d="M190 520L300 340h46L236 520zM620 520L730 340h26L646 520z" fill="#fff" opacity="${(0.05 + 0.13 * state.light).toFixed(2)}"/>`,
    drawFrame(outline, frame),
    drawRoofWindow(-1, state.vent, frame),
    drawRoofWindow(1, state.vent, frame),
    drawDoor(state.doorOpen, frame, indoors),
    lamp ? drawLamp() : '',
  ].join('')
}

/** Damp air fogs the glass. */
function haze({ humidity }: GreenhouseState): number {
  return Math.max(0, (humidity - 72) / 28) * 0.3
}

function drawFrame(outline: string, frame: string): string {
  const posts = [...Array(8).keys()].map((post) => LEFT + ((RIGHT - LEFT) / 8) * (post + 1)).slice(0, 7)
  const bars = posts.map((x) => {
    const top = EAVES - (EAVES - RIDGE) * (1 - Math.abs(x - MIDDLE) / (MIDDLE - LEFT))
    return `M${x.toFixed(1)} ${GROUND}V${top.toFixed(1)}`
  })
  return (
    `<path d="${bars.join('')}M${LEFT} ${EAVES}H${RIGHT}M${LEFT} 436H424M542 436H${RIGHT}" stroke="${frame}" stroke-width="3" fill="none"/>` +
    `<path d="${outline}" stroke="${frame}" stroke-width="7" stroke-linejoin="round" fill="none"/>`
  )
}

/** A pane that lifts off the roof's slope; `side` -1 left, 1 right. */
function drawRoofWindow(side: -1 | 1, vent: number, frame: string): string {
  const slope = ((EAVES - RIDGE) / (MIDDLE - LEFT)) * side
  const x = MIDDLE + side * 60
  const y = RIDGE + 60 * Math.abs(slope)
  const length = 130
  const lift = vent * 30
  const [endX, endY] = [x + side * length, y + length * Math.abs(slope)]
  return (
    `<path d="M${x} ${y.toFixed(1)}L${endX} ${(endY - lift - 4).toFixed(1)}" stroke="${frame}" stroke-width="8" stroke-linecap="round"/>` +
    (vent > 0.08
      ? `<path d="M${endX - side * 14} ${(endY - lift).toFixed(1)}L${endX - side * 14} ${(endY - 4).toFixed(1)}" stroke="${frame}" stroke-width="3"/>`
      : '')
  )
}

function drawDoor(open: boolean, frame: string, indoors: number): string {
  const doorway = `<rect x="430" y="386" width="106" height="156" fill="${lit(open ? [70, 84, 70] : [176, 214, 206], indoors)}" opacity="${open ? 0.85 : 0.55}"/>`
  const leaf = open
    ? `<path d="M430 386L372 404V566L430 542Z" fill="${lit([188, 220, 214], indoors)}" fill-opacity="0.7" stroke="${frame}" stroke-width="6" stroke-linejoin="round"/>`
    : `<path d="M433 389H533V539H433ZM433 470H533" fill="none" stroke="${frame}" stroke-width="6"/><circle cx="518" cy="486" r="5" fill="${frame}"/>`
  return `${doorway}<rect x="428" y="384" width="110" height="158" fill="none" stroke="${frame}" stroke-width="5"/>${leaf}`
}

function drawLamp(): string {
  return (
    '<radialGradient id="lamp"><stop offset="0" stop-color="#ffe9b0" stop-opacity="0.75"/><stop offset="1" stop-color="#ffd27a" stop-opacity="0"/></radialGradient>' +
    '<circle cx="483" cy="300" r="230" fill="url(#lamp)"/><path d="M483 216V276" stroke="#4a4438" stroke-width="2"/><path d="M469 290Q483 262 497 290Z" fill="#4a4438"/><circle cx="483" cy="292" r="7" fill="#fff6d6"/>'
  )
}
