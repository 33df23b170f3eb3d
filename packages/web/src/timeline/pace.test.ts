import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { throttle, whenRested } from './pace.ts'

const act = vi.fn<() => void>()
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  act.mockReset()
})

describe('throttle', () => {
  it('acts at the start, on the first change at once, on others not before their time, and on the last one always', () => {
    const { changed } = throttle(act, 100)
    expect(act).toHaveBeenCalledTimes(1)
    act.mockReset()
    changed()
    vi.advanceTimersByTime(0)
    expect(act).toHaveBeenCalledTimes(1)
    for (let step = 0; step < 9; step += 1) {
      vi.advanceTimersByTime(10)
      changed()
    }
    expect(act).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(10)
    expect(act).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(1000)
    expect(act).toHaveBeenCalledTimes(2)
  })

  it('does nothing once it is stopped', () => {
    const { changed, stop } = throttle(act, 100)
    changed()
    stop()
    vi.advanceTimersByTime(1000)
    expect(act).toHaveBeenCalledTimes(1)
  })
})

describe('whenRested', () => {
  it('acts at the start, on the first change of a movement, and when it has rested', () => {
    const { changed } = whenRested(act, 100)
    expect(act).toHaveBeenCalledTimes(1)
    act.mockReset()
    for (let step = 0; step < 20; step += 1) {
      changed()
      vi.advanceTimersByTime(50)
    }
    expect(act).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(50)
    expect(act).toHaveBeenCalledTimes(2)
    changed()
    expect(act).toHaveBeenCalledTimes(3)
  })

  it('does nothing more once it is stopped', () => {
    const { changed, stop } = whenRested(act, 100)
    changed()
    stop()
    vi.advanceTimersByTime(1000)
    expect(act).toHaveBeenCalledTimes(2)
  })
})
