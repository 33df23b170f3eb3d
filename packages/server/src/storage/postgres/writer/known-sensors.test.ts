import { expect, test } from 'vitest'
import { FieldEnd, KnownSensors } from './known-sensors.ts'

function ends(sensor: number, fields: number): ReadonlyMap<number, FieldEnd> {
  return new Map(
    Array.from({ length: fields }, (_, id) => [
      id,
      new FieldEnd({ id, sensor, type: 'scalar' }, -Infinity, []),
    ]),
  )
}

test('what a node remembers of sensors is bounded by their fields, and the newest stay', () => {
  const known = new KnownSensors(10)
  known.hold(1, false)
  known.remember(1, ends(1, 4))
  known.remember(2, ends(2, 4))
  known.hold(3, false)
  known.hold(4, false)
  expect([1, 2, 3, 4].map((sensor) => known.find(sensor)?.size)).toStrictEqual([4, 4, undefined, undefined])
  known.remember(3, ends(3, 2))
  expect([1, 2, 3, 4].map((sensor) => known.find(sensor)?.size)).toStrictEqual([undefined, 4, 2, undefined])
  expect(known.find(4)).toBeNull()
})

test('a sensor larger than the memory is remembered for as long as nothing follows it', () => {
  const known = new KnownSensors(10)
  known.hold(1, false)
  known.remember(2, ends(2, 20))
  expect(known.find(1)).toBeUndefined()
  expect(known.find(2)?.size).toBe(20)
  known.hold(3, false)
  expect(known.find(2)).toBeUndefined()
  known.forget([3])
  known.hold(4, false)
  known.remember(5, ends(5, 9))
  expect(known.find(4)).toBeNull()
})

test('a sensor that nodes take from each other is believed to be ours later each time', () => {
  const known = new KnownSensors()
  const heldUntilOurs = (): number => {
    known.forget([1])
    known.hold(1, true)
    for (let held = 1; ; held++) {
      known.hold(1, false)
      if (known.find(1) === null) return held
    }
  }
  expect(Array.from({ length: 7 }, heldUntilOurs)).toStrictEqual([1, 2, 4, 8, 16, 16, 16])
})
