import { SenioError } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { MemoryAttempts } from './memory-attempts.ts'
import { SignInThrottle } from './sign-in-throttle.ts'

function testThrottle() {
  const clock = { now: 0 }
  const store = new MemoryAttempts(() => clock.now)
  const throttle = new SignInThrottle(store, () => clock.now)
  /** Seconds to wait; 0 when the attempt was let through, and failed. */
  async function fail(email: string, client: string): Promise<number> {
    try {
      await throttle.begin(email, client)
      return 0
    } catch (error) {
      return error instanceof SenioError ? (error.retryAfter ?? -1) : -1
    }
  }
  return { clock, store, throttle, fail }
}

describe('the sign-in throttle', () => {
  it('lets ten failures through, then doubles the wait up to a minute', async () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 10; i++) expect(await fail('anna', `10.0.0.${i}`)).toBe(0)
    const waits = []
    for (let i = 0; i < 8; i++) {
      const wait = await fail('anna', '10.0.1.1')
      waits.push(wait)
      clock.now += wait * 1000
      expect(await fail('anna', `10.0.2.${i}`)).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('counts a client across addresses, up to a quarter of an hour', async () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 15; i++) expect(await fail(`user${i}`, '10.0.0.1')).toBe(0)
    expect(await fail('another', '10.0.0.1')).toBe(1)
    expect(await fail('another', '10.0.0.2')).toBe(0)
    let wait = 0
    for (let i = 0; i < 20; i++) {
      clock.now += wait * 1000
      await fail(`more${i}`, '10.0.0.1')
      wait = await fail(`more${i}`, '10.0.0.1')
    }
    expect(wait).toBe(900)
  })

  it('does not make attempts that it refused count', async () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 50; i++) await fail('anna', '10.0.0.1')
    clock.now += 1000
    expect(await fail('anna', '10.0.0.1')).toBe(0)
  })

  it('forgets an address after a success, but a client only that attempt', async () => {
    const { fail, throttle } = testThrottle()
    for (let i = 0; i < 9; i++) await fail('anna', '10.0.0.1')
    await (await throttle.begin('anna', '10.0.0.1')).succeeded()
    for (let i = 0; i < 10; i++) expect(await fail('anna', `10.0.1.${i}`)).toBe(0)
    for (let i = 0; i < 6; i++) expect(await fail('ben', '10.0.0.1')).toBe(0)
    expect(await fail('carl', '10.0.0.1')).toBe(1)
  })

  it('lets people in from where they signed in before, while strangers guess', async () => {
    const { fail, throttle } = testThrottle()
    await (await throttle.begin('anna', '10.0.0.1')).succeeded()
    for (let i = 0; i < 20; i++) await fail('anna', '203.0.113.9')
    expect(await fail('anna', '203.0.113.10')).toBe(1)
    expect(await fail('anna', '10.0.0.1')).toBe(0)
  })

  it('lets people in from where they signed in before, while others there guess', async () => {
    const { fail, throttle } = testThrottle()
    await (await throttle.begin('anna', '10.0.0.1')).succeeded()
    for (let i = 0; i < 20; i++) await fail(`user${i}`, '10.0.0.1')
    expect(await fail('ben', '10.0.0.1')).toBe(1)
    expect(await fail('anna', '10.0.0.1')).toBe(0)
  })

  it('takes an IPv6 network of 64 bits for one client', async () => {
    const { fail } = testThrottle()
    for (let i = 0; i < 15; i++) await fail(`user${i}`, `2001:db8::${i + 1}`)
    expect(await fail('another', '2001:db8:0:0:ffff::1')).toBe(1)
    expect(await fail('another', '2001:db8:0:1::1')).toBe(0)
  })

  it('forgets failures an hour after the last wait', async () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 10; i++) await fail('anna', '10.0.0.1')
    clock.now += 3_601_001
    for (let i = 0; i < 9; i++) expect(await fail('anna', '10.0.0.1')).toBe(0)
  })

  it('counts together what comes at once, also by several nodes', async () => {
    const { clock, store, throttle } = testThrottle()
    const other = new SignInThrottle(store, () => clock.now)
    const attempts = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? throttle : other).begin('anna', `10.0.0.${i}`)),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })

  it('goes on in memory while nothing can be stored', async () => {
    const full = async () => {
      throw new SenioError('storage-full', 'The disk is full.')
    }
    const throttle = new SignInThrottle({ read: full, update: full }, () => 0)
    await (await throttle.begin('anna', '10.0.0.1')).succeeded()
    for (let i = 0; i < 10; i++) await throttle.begin('anna', '10.0.0.2')
    await expect(throttle.begin('anna', '10.0.0.2')).rejects.toMatchObject({ code: 'rate-limited' })
    await expect(throttle.begin('anna', '10.0.0.1')).resolves.toBeDefined()
  })

  it('locks nobody out when the clock is set back', async () => {
    const { clock, fail } = testThrottle()
    clock.now = 1e9
    for (let i = 0; i < 10; i++) await fail('anna', '10.0.0.1')
    expect(await fail('anna', '10.0.0.1')).toBe(1)
    clock.now -= 86_400_000
    expect(await fail('anna', '10.0.0.1')).toBe(0)
    expect(await fail('anna', '10.0.0.1')).toBe(2)
  })

  it('forgets failures when the clock is set ahead, and counts anew', async () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 12; i++) await fail('anna', '10.0.0.1')
    clock.now += 86_400_000
    for (let i = 0; i < 10; i++) expect(await fail('anna', '10.0.0.1')).toBe(0)
    expect(await fail('anna', '10.0.0.1')).toBe(1)
  })

  it('keeps nothing by which one could tell what was typed', async () => {
    const { throttle, store } = testThrottle()
    const kept: string[] = []
    const update = store.update.bind(store)
    store.update = async (keys, change) => {
      kept.push(...keys)
      await update(keys, change)
    }
    await throttle.begin('correct horse battery', '10.0.0.1')
    expect(kept).toHaveLength(3)
    for (const key of kept) expect(key).toMatch(/^(pair|email|client) [0-9a-f]{8}$/)
  })
})
