import { timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'
import { taggedValueAt } from './tagged-values.ts'

const T = 1_600_000_000_000

it('the newest value with a tag at or before an instant is found, wherever values are', async () => {
  const server = await TestServer.start()
  onTestFinished(() => server.stop())
  const { services, storage } = server.installation
  let sensors = 0
  const account = await server.account()
  await fc.assert(
    fc.asyncProperty(
      // Crowds, too: more at a place than are read at a time.
      fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 1e9 })), {
        minLength: 1,
        maxLength: 200,
      }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: -1, max: 1e9 }), { minLength: 5, maxLength: 5 }),
      async (offsets, every, instants) => {
        const name = `rpi${++sensors}`
        await server.sensor(name, ['temp:scalar'], account.id)
        const sensor = await services.sensors.get(account.id, name)
        const [field] = sensor.fields
        if (field === undefined) throw new Error('the sensor has a field')
        await services.ingest.publishMany(
          sensor,
          offsets.map((offset) => ({
            timestamp: T + offset,
            data: { temp: offset },
            tags: offset % every === 0 ? ['seen'] : null,
          })),
        )
        const seen = offsets.filter((offset) => offset % every === 0)
        for (const instant of [...instants, ...offsets.slice(0, 5), 150]) {
          const expected = Math.max(...seen.filter((offset) => offset <= instant))
          const found = await taggedValueAt(
            storage.measurements,
            { sensor: sensor.id, field: field.id, tag: 'seen' },
            timestampMs(T + instant),
          )
          expect(found?.value ?? -Infinity).toBe(expected)
        }
      },
    ),
    { numRuns: 15 },
  )
})
