/** Something that is done once at the start, and then after some of the changes that it is told of. */
export interface Pace {
  readonly changed: () => void
  /** Nothing is done any more. */
  readonly stop: () => void
}

/** Acts at most every `ms`: on the first change at once, and on the last one always. */
export function throttle(act: () => void, ms: number): Pace {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  act()
  return {
    changed() {
      if (timer !== undefined) return
      const wait = Math.max(0, last + ms - performance.now())
      timer = setTimeout(() => {
        timer = undefined
        last = performance.now()
        act()
      }, wait)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Acts on the first change of a movement at once, and then not before there was none for `ms`. */
export function whenRested(act: () => void, ms: number): Pace {
  let timer: ReturnType<typeof setTimeout> | undefined
  act()
  return {
    changed() {
      const isFirst = timer === undefined
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        act()
      }, ms)
      if (isFirst) act()
    },
    stop: () => clearTimeout(timer),
  }
}
