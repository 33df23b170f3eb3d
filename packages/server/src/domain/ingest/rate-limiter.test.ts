import { type SenioError, timestampMs } from '@senio/protocol'
import { expect, it } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

function limiter(perSecond: number) {
  let now = 1_700_000_000_000
  const rates = new RateLimiter(perSecond, () => timestampMs(now))
  return {
    pass: (ms: number) => (now += ms),
    take(key = 1): boolean {
      try {
        rates.take(key)
        return true
      } catch (error) {
        expect((error as SenioError).code).toBe('rate-limited')
        expect((error as SenioError).retryAfter).toBeGreaterThanOrEqual(1)
        return false
      }
    },
  }
}

it('lets ten seconds of the rate come at once and then the rate', () => {
  const rates = limiter(2)
  expect(Array.from({ length: 21 }, () => rates.take())).toEqual([...Array<boolean>(20).fill(true), false])
  rates.pass(500)
  expect([rates.take(), rates.take()]).toEqual([true, false])
})

it('counts each key for itself', () => {
  const rates = limiter(1)
  for (let i = 0; i < 10; i++) rates.take(1)
  expect([rates.take(1), rates.take(2)]).toEqual([false, true])
})

it('lets no more than ten seconds of the rate come when the clock is set ahead', () => {
  const rates = limiter(1)
  for (let i = 0; i < 10; i++) rates.take()
  rates.pass(86_400_000)
  expect(Array.from({ length: 11 }, () => rates.take())).toEqual([...Array<boolean>(10).fill(true), false])
})

it('goes on after the clock was set back', () => {
  const rates = limiter(1)
  for (let i = 0; i < 10; i++) rates.take()
  rates.pass(-86_400_000)
  expect(rates.take()).toBe(false)
  rates.pass(1000)
  expect(rates.take()).toBe(true)
})
