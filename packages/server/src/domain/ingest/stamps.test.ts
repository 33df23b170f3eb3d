import { HOUR, MINUTE, timestampMs } from '@senio/protocol'
import { describe, expect, test } from 'vitest'
import { MemoryTasks } from '../testing/memory-tasks.ts'
import { StampSlot } from './stamp-slot.ts'
import { STAMP_SLOTS, Stamps } from './stamps.ts'

const NOW = Date.UTC(2026, 10, 30)

const stampsOf = async (stamps: Stamps, count: number): Promise<readonly number[]> => {
  const given: number[] = []
  for (let n = 0; n < count; n++) given.push(await stamps.next())
  return given
}

const expectRising = (given: readonly number[]): void => {
  for (const [n, stamp] of given.entries()) expect(stamp).toBeGreaterThan(given[n - 1] ?? -Infinity)
}

describe('stamps of arrivals', () => {
  const alone = (clock: { now: number }) =>
    new Stamps(
      () => timestampMs(clock.now),
      async () => 0,
    )

  test('are the clock where nobody else stamps and no two arrive in a millisecond', async () => {
    const clock = { now: NOW }
    const stamps = alone(clock)
    expect(await stamps.next()).toBe(NOW)
    clock.now += 1
    expect(await stamps.next()).toBe(NOW + 1)
  })

  test('rise in a burst, and stay near the clock', async () => {
    const given = await stampsOf(alone({ now: NOW }), 5000)
    expectRising(given)
    expect(given.at(-1)).toBeLessThan(NOW + 400)
  })

  test('go on rising when the clock is set back a little, and follow one that is set back far', async () => {
    const clock = { now: NOW }
    const stamps = alone(clock)
    const given = [await stamps.next()]
    clock.now -= 900
    given.push(await stamps.next(), await stamps.next())
    expectRising(given)
    clock.now = NOW - HOUR
    expect(await stamps.next()).toBe(NOW - HOUR)
  })

  test.each([NOW, Date.UTC(2108)])('of different nodes differ, however many come at once', async (now) => {
    const tasks = new MemoryTasks(() => 0)
    const nodes = Array.from({ length: STAMP_SLOTS }, () => {
      const slot = new StampSlot({ tasks, elapsed: () => 0, random: () => 0.3 })
      return new Stamps(
        () => timestampMs(now),
        () => slot.current(),
      )
    })
    const given = await Promise.all(nodes.map((node) => stampsOf(node, 50)))
    for (const ofNode of given) expectRising(ofNode)
    expect(new Set(given.flat()).size).toBe(STAMP_SLOTS * 50)
  })
})

describe('the slot of a node', () => {
  const bench = () => {
    const clock = { now: 0 }
    const tasks = new MemoryTasks(() => clock.now)
    const slot = (random = 0) => new StampSlot({ tasks, elapsed: () => clock.now, random: () => random })
    return { clock, tasks, slot }
  }

  test('is kept by whoever goes on stamping, and asked for once by many at a time', async () => {
    const { clock, slot } = bench()
    const [one, other] = [slot(), slot()]
    expect(await Promise.all([one.current(), one.current(), one.current()])).toStrictEqual([0, 0, 0])
    for (; clock.now < HOUR; clock.now += MINUTE) {
      expect(await one.current()).toBe(0)
      expect(await other.current()).toBe(1)
    }
  })

  test('is claimed anew by one that was silent for long, never taken from who has it since', async () => {
    const { clock, slot } = bench()
    const [one, other] = [slot(), slot()]
    await one.current()
    clock.now += HOUR
    expect(await other.current()).toBe(0)
    clock.now += HOUR
    expect(await one.current()).toBe(0)
    expect(await other.current()).toBe(1)
  })

  test('is refused while the database that would have to be asked is gone', async () => {
    const { clock, tasks } = bench()
    const isGone = () => Promise.reject(new RangeError('gone'))
    let claim: (name: string, ms: number) => Promise<boolean> = isGone
    const slot = new StampSlot({
      tasks: {
        claim: (...of) => claim(...of),
        prolong: isGone,
        isAnyTaken: isGone,
        release: isGone,
      },
      elapsed: () => clock.now,
      random: () => 0.5,
    })
    await expect(slot.current()).rejects.toThrow('gone')
    claim = (name, ms) => tasks.claim(name, ms)
    expect(await slot.current()).toBe(STAMP_SLOTS / 2)
    // There is time left.
    clock.now += 4 * MINUTE
    expect(await slot.current()).toBe(STAMP_SLOTS / 2)
    clock.now += 4 * MINUTE
    await expect(slot.current()).rejects.toThrow('gone')
  })

  test("is anybody's when there are more nodes than slots", async () => {
    const { tasks, slot } = bench()
    for (let n = 0; n < STAMP_SLOTS; n++) await slot().current()
    expect(await slot(0.25).current()).toBe(STAMP_SLOTS / 4)
    expect(await tasks.claim('another task', 1)).toBe(true)
  })
})
