import { expect, test } from 'vitest'
import type { PlaceMark } from '../place-mark.ts'

const [ONE, TWO] = ['1'.repeat(32), '2'.repeat(32)]

/**
 * What `PlaceMark` promises.
 * @param open a mark of the same new place each time within a case
 */
export function placeMarkContract(open: () => Promise<PlaceMark>): void {
  test('a place has no mark before it gets one, and keeps that', async () => {
    const mark = await open()
    expect(await mark.read()).toBeNull()
    expect(await mark.create(ONE)).toBe(ONE)
    expect(await mark.create(TWO)).toBe(ONE)
    expect(await (await open()).read()).toBe(ONE)
  })

  test('of many that mark a place at once one does it, and all know', async () => {
    const marks = await Promise.all(Array.from({ length: 8 }, open))
    const given = await Promise.all(marks.map((mark, n) => mark.create(`${n}`.repeat(32))))
    expect(new Set(given)).toStrictEqual(new Set([await marks[0]?.read()]))
  })

  test('a mark is replaced, also where there is none', async () => {
    const mark = await open()
    await mark.replace(ONE)
    expect(await mark.read()).toBe(ONE)
    await mark.replace(TWO)
    expect(await (await open()).read()).toBe(TWO)
  })
}
