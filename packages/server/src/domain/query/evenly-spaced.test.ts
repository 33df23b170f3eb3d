import { type TimestampMs, timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sensor } from '../../storage/sensor-store.ts'
import { TestServer } from '../../testing/test-server.ts'
import { pickEvenlySpaced } from './evenly-spaced.ts'

const T = 1_600_000_000_000
let server: TestServer
let sensors = 0

beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

/** A new sensor with a value at each offset (ms after T); every other one is tagged. */
async function sensorWith(offsets: readonly number[]): Promise<Sensor> {
  const { services } = server.installation
  const account = await server.account(`someone${(sensors += 1)}@example.org`)
  await server.sensor('rpi', ['temp:scalar'], account.id)
  const sensor = await services.sensors.get(account.id, 'rpi')
  await services.ingest.publishMany(
    sensor,
    offsets.map((offset, i) => ({
      timestamp: T + offset,
      data: { temp: i },
      tags: i % 2 === 0 ? ['even'] : null,
    })),
  )
  return sensor
}

async function pick(sensor: Sensor, count: number, from: number, to: number, tag?: string) {
  const [field] = sensor.fields
  if (field === undefined) throw new Error('the sensor has a field')
  const range = { from: timestampMs(T + from), to: timestampMs(T + to) }
  const query = { sensor: sensor.id, field: field.id, range, count, tag }
  const picked = await pickEvenlySpaced(server.installation.storage.measurements, query)
  return picked.map(({ timestamp }): TimestampMs => timestampMs(timestamp - T))
}

describe('a number of values, evenly spaced', () => {
  it('are every so many of regular ones', async () => {
    const sensor = await sensorWith(Array.from({ length: 120 }, (_, n) => n * 60_000))
    const picked = await pick(sensor, 12, 0, 7_200_000)
    expect(picked).toEqual(Array.from({ length: 12 }, (_, n) => n * 600_000))
  })

  it('are that many where values are crowded in a corner of the range', async () => {
    const sensor = await sensorWith(Array.from({ length: 100 }, (_, n) => n * 1000))
    const picked = await pick(sensor, 10, 0, 86_400_000)
    expect(picked).toHaveLength(10)
    const gaps = picked.slice(1).map((t, i) => t - (picked[i] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(51_000)
  })

  it('are that many, each once and within the range, wherever values are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 45 }),
        fc.boolean(),
        async (offsets, count, isTagged) => {
          const sensor = await sensorWith(offsets)
          const there = offsets.filter((t, i) => t >= 100 && t < 1900 && (!isTagged || i % 2 === 0))
          const picked = await pick(sensor, count, 100, 1900, isTagged ? 'even' : undefined)
          expect(picked).toHaveLength(Math.min(count, there.length))
          expect(picked).toEqual([...new Set(picked)].sort((a, b) => a - b))
          expect(there).toEqual(expect.arrayContaining(picked))
        },
      ),
      { numRuns: 25 },
    )
  })
})
