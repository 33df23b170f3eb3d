/** Red, green, blue: 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** `share` 0 is all of `a`, 1 all of `b`. */
export function mix(a: Colour, b: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2) => a[index] + (b[index] - a[index]) * Math.min(1, Math.max(0, share))
  return [part(0), part(1), part(2)]
}

/** A colour between stops that ascend in `at`. Non-empty. */
export function ramp(stops: readonly { readonly at: number; readonly colour: Colour }[], at: number): Colour {
  const after = stops.findIndex((stop) => stop.at >= at)
  const right = stops.at(after)
  const left = stops.at(Math.max(0, after - 1))
  if (right === undefined || left === undefined) return [0, 0, 0]
  if (after <= 0) return right.colour
  return mix(left.colour, right.colour, (at - left.at) / (right.at - left.at))
}

/** For SVG. */
export function css([red, green, blue]: Colour): string {
  return `rgb(${Math.round(red)},${Math.round(green)},${Math.round(blue)})`
}
