import { describe, expect, it } from 'vitest'
import { VersionCheck } from './version-check.ts'

/** A version that answers when told to. */
function slowVersion() {
  const asked: { readonly answer: (version: number) => void; readonly fail: (error: Error) => void }[] = []
  const check = new VersionCheck(
    () => new Promise<number>((resolve, reject) => asked.push({ answer: resolve, fail: reject })),
  )
  /** Resolves when the question of that number was asked. */
  const question = async (index: number) => {
    await expect.poll(() => asked.length, { interval: 1 }).toBeGreaterThan(index)
    const found = asked[index]
    if (found === undefined) throw new Error('not asked')
    return found
  }
  return { check, asked, question }
}

describe('a version check', () => {
  it('serves all who came before it was sent', async () => {
    const { check, asked, question } = slowVersion()
    const all = Promise.all([check.version(), check.version(), check.version()])
    ;(await question(0)).answer(7)
    expect(await all).toEqual([7, 7, 7])
    expect(asked).toHaveLength(1)
  })

  it('lets those who come later wait for the next', async () => {
    const { check, asked, question } = slowVersion()
    const early = check.version()
    const first = await question(0)
    const late = Promise.all([check.version(), check.version()])
    first.answer(7)
    expect(await early).toBe(7)
    ;(await question(1)).answer(8)
    expect(await late).toEqual([8, 8])
    expect(asked).toHaveLength(2)
  })

  it('fails for those whom it served, and goes on', async () => {
    const { check, question } = slowVersion()
    const early = check.version()
    const first = await question(0)
    const late = check.version()
    first.fail(new Error('gone'))
    await expect(early).rejects.toThrow('gone')
    ;(await question(1)).answer(9)
    expect(await late).toBe(9)
  })
})
