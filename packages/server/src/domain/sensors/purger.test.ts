import { describe, expect, it } from 'vitest'
import { Purger } from './purger.ts'

describe('the purger', () => {
  it('runs once more, not more often, for all that was deleted while it ran', async () => {
    const finish: (() => void)[] = []
    const purger = new Purger(
      { purgeDeleted: () => new Promise((resolve) => finish.push(resolve)) },
      () => {},
    )
    for (let i = 0; i < 5; i++) purger.start()
    expect(finish).toHaveLength(1)
    finish[0]?.()
    await expect.poll(() => finish.length, { interval: 1 }).toBe(2)
    finish[1]?.()
    await purger.idle()
    expect(finish).toHaveLength(2)
  })

  it('reports a failure and works again afterwards', async () => {
    const failure = new Error('disk full')
    const outcomes = [() => Promise.reject(failure), () => Promise.resolve()]
    const errors: unknown[] = []
    const purger = new Purger(
      { purgeDeleted: () => outcomes.shift()?.() ?? Promise.resolve() },
      (error) => void errors.push(error),
    )
    purger.start()
    await purger.idle()
    purger.start()
    await purger.idle()
    expect(errors).toEqual([failure])
    expect(outcomes).toEqual([])
  })
})
