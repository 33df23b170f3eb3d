import { SenioError } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { SignInThrottle } from './sign-in-throttle.ts'

function testThrottle() {
  const clock = { now: 0 }
  const throttle = new SignInThrottle(() => clock.now)
  /** Seconds to wait; 0 when the attempt was let through, and failed. */
  function fail(email: string, client: string): number {
    try {
      throttle.begin(email, client)
      return 0
    } catch (error) {
      return error instanceof SenioError ? (error.retryAfter ?? -1) : -1
    }
  }
  return { clock, throttle, fail }
}

describe('the sign-in throttle', () => {
  it('lets ten failures through, then doubles the wait up to a minute', () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 10; i++) expect(fail('anna', `10.0.0.${i}`)).toBe(0)
    const waits = []
    for (let i = 0; i < 8; i++) {
      const wait = fail('anna', '10.0.1.1')
      waits.push(wait)
      clock.now += wait * 1000
      expect(fail('anna', `10.0.2.${i}`)).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('counts a client across addresses, up to a quarter of an hour', () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 15; i++) expect(fail(`user${i}`, '10.0.0.1')).toBe(0)
    expect(fail('another', '10.0.0.1')).toBe(1)
    expect(fail('another', '10.0.0.2')).toBe(0)
    let wait = 0
    for (let i = 0; i < 20; i++) {
      clock.now += wait * 1000
      fail(`more${i}`, '10.0.0.1')
      wait = fail(`more${i}`, '10.0.0.1')
    }
    expect(wait).toBe(900)
  })

  it('does not make attempts that it refused count', () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 50; i++) fail('anna', '10.0.0.1')
    clock.now += 1000
    expect(fail('anna', '10.0.0.1')).toBe(0)
  })

  it('forgets an address after a success, but a client only that attempt', () => {
    const { fail, throttle } = testThrottle()
    for (let i = 0; i < 9; i++) fail('anna', '10.0.0.1')
    throttle.begin('anna', '10.0.0.1').succeeded()
    for (let i = 0; i < 10; i++) expect(fail('anna', `10.0.1.${i}`)).toBe(0)
    for (let i = 0; i < 6; i++) expect(fail('ben', '10.0.0.1')).toBe(0)
    expect(fail('carl', '10.0.0.1')).toBe(1)
  })

  it('lets people in from where they signed in before, while strangers guess', () => {
    const { fail, throttle } = testThrottle()
    throttle.begin('anna', '10.0.0.1').succeeded()
    for (let i = 0; i < 20; i++) fail('anna', '203.0.113.9')
    expect(fail('anna', '203.0.113.10')).toBe(1)
    expect(fail('anna', '10.0.0.1')).toBe(0)
  })

  it('lets people in from where they signed in before, while others there guess', () => {
    const { fail, throttle } = testThrottle()
    throttle.begin('anna', '10.0.0.1').succeeded()
    for (let i = 0; i < 20; i++) fail(`user${i}`, '10.0.0.1')
    expect(fail('ben', '10.0.0.1')).toBe(1)
    expect(fail('anna', '10.0.0.1')).toBe(0)
  })

  it('takes an IPv6 network of 64 bits for one client', () => {
    const { fail } = testThrottle()
    for (let i = 0; i < 15; i++) fail(`user${i}`, `2001:db8::${i + 1}`)
    expect(fail('another', '2001:db8:0:0:ffff::1')).toBe(1)
    expect(fail('another', '2001:db8:0:1::1')).toBe(0)
  })

  it('forgets failures an hour after the last', () => {
    const { clock, fail } = testThrottle()
    for (let i = 0; i < 10; i++) fail('anna', '10.0.0.1')
    clock.now += 3_600_001
    for (let i = 0; i < 9; i++) expect(fail('anna', '10.0.0.1')).toBe(0)
  })
})
