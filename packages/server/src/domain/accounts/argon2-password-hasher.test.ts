import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/error-code.ts'
import { Argon2PasswordHasher, DEFAULT_COST } from './argon2-password-hasher.ts'
import { Gate } from './gate.ts'

const cheap = new Argon2PasswordHasher({ memory: 64, passes: 1, parallelism: 1 })

describe('Argon2id hashes', () => {
  it("say how they were made, with OWASP's parameters and a salt of their own", async () => {
    const hasher = new Argon2PasswordHasher()
    const [first, second] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(second).not.toBe(first)
    expect(DEFAULT_COST).toEqual({ memory: 19_456, passes: 2, parallelism: 1 })
  })

  it('fit their password only', async () => {
    const hash = await cheap.hash('correct horse')
    expect(await cheap.verify('correct horse', hash)).toBe(true)
    expect(await cheap.verify('correct horse ', hash)).toBe(false)
  })

  it('fit when the cost has changed since', async () => {
    const hash = await cheap.hash('correct horse')
    const dearer = new Argon2PasswordHasher({ memory: 128, passes: 2, parallelism: 1 })
    expect(await dearer.verify('correct horse', hash)).toBe(true)
  })

  it('fit however the keyboard composes its letters', async () => {
    const hash = await cheap.hash('\u00e4rgerlich!')
    expect(await cheap.verify('a\u0308rgerlich!', hash)).toBe(true)
  })

  // RFC 9106's reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -e
  it('agree with the reference implementation', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await cheap.verify('password', reference)).toBe(true)
  })

  it.each([
    null,
    '',
    'plain',
    '$argon2id$v=19$m=64,t=1,p=1$$',
    '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA',
  ])('of no account, or damaged, fit nothing: %s', async (hash) => {
    expect(await cheap.verify('', hash)).toBe(false)
  })
})

describe('the gate', () => {
  it('lets so many run at once, in order, and refuses when too many wait', async () => {
    const gate = new Gate(2, 2)
    const order: string[] = []
    const finish: (() => void)[] = []
    const task = (name: string) => () => {
      order.push(name)
      return new Promise<void>((resolve) => finish.push(resolve))
    }
    const runs = ['a', 'b', 'c', 'd'].map((name) => gate.run(task(name)))
    expect(order).toEqual(['a', 'b'])
    expect(await codeOf(gate.run(task('e')))).toBe('overloaded')
    for (const name of ['c', 'd']) {
      finish.shift()?.()
      await expect.poll(() => order.at(-1)).toBe(name)
    }
    for (const done of finish) done()
    await Promise.all(runs)
    expect(await gate.run(async () => 'free again')).toBe('free again')
  })

  it('goes on after a task that failed', async () => {
    const gate = new Gate(1, 1)
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await gate.run(async () => 1)).toBe(1)
  })
})
