import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BodyMemory } from '../../../domain/overload/body-memory.ts'
import { GatheredBytes } from './gathered-bytes.ts'

const held = () => new BodyMemory({ elapsed: () => 0 }).hold()

test('chunks of any size are one piece in the end, and what they take is counted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 9000 }), { maxLength: 8 }),
      fc.boolean(),
      (chunks, isDeclared) => {
        const whole = Buffer.concat(chunks)
        const body = held()
        const gathered = new GatheredBytes(body, isDeclared ? whole.length : undefined)
        for (const chunk of chunks) gathered.add(chunk)
        expect(Buffer.compare(gathered.bytes, whole)).toBe(0)
        expect(gathered.length).toBe(whole.length)
        expect(body.bytes).toBeGreaterThanOrEqual(whole.length)
        if (isDeclared) expect(body.bytes).toBe(whole.length)
        else expect(body.bytes).toBeLessThanOrEqual(Math.max(4096, 2 * whole.length))
      },
    ),
  )
})

test('many small chunks take no more than their bytes', () => {
  const body = held()
  const gathered = new GatheredBytes(body)
  for (let i = 0; i < 100_000; i++) gathered.add(new Uint8Array([i]))
  expect(gathered.bytes[99_999]).toBe(99_999 & 0xff)
  expect(body.bytes).toBeLessThanOrEqual(200_000)
})
