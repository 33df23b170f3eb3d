import type { GreenhouseState } from './greenhouse.ts'
import { lit } from './landscape.ts'
import { clamp } from './noise.ts'

/** Segments of a seven-segment digit, as lines of a 10 × 18 box. Pictures need no fonts of the machine. */
const SEGMENTS = {
  a: 'M1 0H9',
  b: 'M10 1V8',
  c: 'M10 10V17',
  d: 'M1 18H9',
  e: 'M0 10V17',
  f: 'M0 1V8',
  g: 'M1 9H9',
} as const

const DIGITS: Readonly<Record<string, string>> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abged',
  '3': 'abgcd',
  '4': 'fgbc',
  '5': 'afgcd',
  '6': 'afgedc',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
  '-': 'g',
  C: 'afed',
}

/** Thermometer from -10 to 50 °C on its post, and a display with the temperature inside and the time (UTC). */
export function drawInstruments(state: GreenhouseState, bright: number): string {
  const shown = Math.max(bright, 0.34)
  const level = 150 * clamp((state.inside + 10) / 60, 0.02, 1)
  const wood = lit([142, 106, 72], bright)
  const marks = [...Array(7).keys()]
    .map((mark) => `M70 ${505 - mark * 25}h${mark % 2 === 0 ? 14 : 9}`)
    .join('')
  return [
    `<rect x="76" y="318" width="16" height="264" fill="${wood}"/>`,
    `<rect x="52" y="326" width="64" height="216" rx="12" fill="${lit([250, 248, 240], shown)}"/>`,
    `<path d="${marks}" transform="translate(20 0)" stroke="${lit([70, 70, 76], shown)}" stroke-width="2"/>`,
    `<rect x="68" y="344" width="14" height="166" rx="7" fill="${lit([222, 224, 226], shown)}"/>`,
    `<rect x="71" y="${(505 - level).toFixed(1)}" width="8" height="${(level + 8).toFixed(1)}" rx="4" fill="${lit([214, 46, 42], shown)}"/>`,
    `<circle cx="75" cy="520" r="13" fill="${lit([214, 46, 42], shown)}"/>`,
    drawDisplay(state),
  ].join('')
}

function drawDisplay({ inside, timestamp }: GreenhouseState): string {
  const time = new Date(timestamp).toISOString()
  return (
    '<rect x="24" y="588" width="304" height="38" rx="8" fill="#10201a" opacity="0.82"/>' +
    `<g stroke="#8ff0b4" stroke-width="2.6" stroke-linecap="round" fill="#8ff0b4">${drawText(`${time.slice(5, 10)} ${time.slice(11, 16)} ${inside.toFixed(1)} C`, 38, 598)}</g>`
  )
}

function drawText(text: string, left: number, top: number): string {
  let x = left
  return Array.from(text, (character) => {
    const segments = Array.from(DIGITS[character] ?? '', (name) => SEGMENTS[name as keyof typeof SEGMENTS])
    const dots = { '.': [17], ':': [5, 13] }[character] ?? []
    const drawn =
      `<path transform="translate(${x} ${top})" fill="none" d="${segments.join('')}"/>` +
      dots.map((y) => `<circle cx="${x - 1}" cy="${top + y}" r="0.9"/>`).join('')
    x += dots.length > 0 ? 5 : 17
    return drawn
  }).join('')
}
