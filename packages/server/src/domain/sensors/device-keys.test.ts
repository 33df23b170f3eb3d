import { MINUTE, timestampMs } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/error-code.ts'
import { testPeople } from '../testing/people.ts'

async function withSensor() {
  const people = testPeople()
  const anna = await people.accounts.create({ email: 'anna@example.org', password: 'correct horse' })
  const ben = await people.accounts.create({ email: 'ben@example.org', password: 'battery staple' })
  const { sensor, key } = await people.sensors.create(anna.id, { name: 'rpi', fields: [] })
  const finds = { count: 0 }
  const real = { ...people.stores.deviceKeys }
  people.stores.deviceKeys.find = (hash) => {
    finds.count++
    return real.find(hash)
  }
  return { ...people, anna: anna.id, ben: ben.id, sensor, key, finds }
}

describe('device keys', () => {
  it('open their sensor, several at a time, until each is revoked', async () => {
    const { deviceKeys, anna, sensor, key } = await withSensor()
    const second = await deviceKeys.create(anna, 'rpi', 'new firmware')
    expect(await deviceKeys.open(second.key)).toEqual({ keyId: second.id, sensor })
    await deviceKeys.revoke(anna, 'rpi', second.id)
    expect(await deviceKeys.open(second.key)).toBeNull()
    expect(await deviceKeys.open(key)).toMatchObject({ sensor })
  })

  it.each(['', 'x', '0'.repeat(10_000), '00000000-0000-4000-8000-000000000000'])(
    'refuse %.40s',
    async (key) => {
      const { deviceKeys } = await withSensor()
      expect(await deviceKeys.open(key)).toBeNull()
    },
  )

  it('belong to the owner of the sensor', async () => {
    const { deviceKeys, anna, ben } = await withSensor()
    const { id } = await deviceKeys.create(anna, 'rpi', '')
    expect(await codeOf(deviceKeys.list(ben, 'rpi', 10, null))).toBe('not-found')
    expect(await codeOf(deviceKeys.create(ben, 'rpi', ''))).toBe('not-found')
    expect(await codeOf(deviceKeys.revoke(ben, 'rpi', id))).toBe('not-found')
    expect(await codeOf(deviceKeys.revoke(anna, 'rpi', id + 1))).toBe('not-found')
  })

  it('are looked up once while nothing changes, and again when anything does', async () => {
    const { deviceKeys, fields, anna, key, finds } = await withSensor()
    for (let i = 0; i < 5; i++) await deviceKeys.open(key)
    expect(finds.count).toBe(1)
    await fields.add(anna, 'rpi', { name: 'temp', type: 'scalar' })
    expect(await deviceKeys.open(key)).toMatchObject({ sensor: { fields: [{ name: 'temp' }] } })
    expect(finds.count).toBe(2)
  })

  it('are not cached when a change was seen while they were looked up', async () => {
    const { deviceKeys, fields, anna, key, stores } = await withSensor()
    const real = { ...stores.deviceKeys }
    const looking = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    stores.deviceKeys.find = async (hash) => {
      const found = await real.find(hash)
      looking.resolve()
      await goOn.promise
      return found
    }
    const stale = deviceKeys.open(key)
    await looking.promise
    stores.deviceKeys.find = (hash) => real.find(hash)
    await fields.add(anna, 'rpi', { name: 'temp', type: 'scalar' })
    await deviceKeys.open(key)
    goOn.resolve()
    await stale
    expect(await deviceKeys.open(key)).toMatchObject({ sensor: { fields: [{ name: 'temp' }] } })
  })

  it('remember their last use to the minute, and write it down when flushed', async () => {
    const { deviceKeys, anna, key, clock, stores, sensor } = await withSensor()
    const minute = clock.now - 30_000
    await deviceKeys.open(key)
    expect((await deviceKeys.list(anna, 'rpi', 10, null)).items[0]?.lastUsed).toBe(minute)
    expect((await stores.deviceKeys.list(sensor.id, null, 10))[0]?.lastUsed).toBeNull()
    await deviceKeys.close()
    expect((await stores.deviceKeys.list(sensor.id, null, 10))[0]?.lastUsed).toBe(minute)
  })

  it('keep the last use for later when it cannot be written', async () => {
    const { deviceKeys, key, clock, stores, sensor, errors } = await withSensor()
    const real = { ...stores.deviceKeys }
    const failure = new Error('disk full')
    stores.deviceKeys.touch = () => Promise.reject(failure)
    await deviceKeys.open(key)
    await deviceKeys.flush()
    expect(errors).toEqual([failure])
    stores.deviceKeys.touch = (lastUsed) => real.touch(lastUsed)
    clock.now = timestampMs(clock.now + MINUTE)
    await deviceKeys.flush()
    expect((await stores.deviceKeys.list(sensor.id, null, 10))[0]?.lastUsed).toBe(clock.now - MINUTE - 30_000)
  })

  it('end at 100 a sensor', async () => {
    const { deviceKeys, anna } = await withSensor()
    for (let i = 1; i < 100; i++) await deviceKeys.create(anna, 'rpi', String(i))
    expect(await codeOf(deviceKeys.create(anna, 'rpi', ''))).toBe('limit-reached')
  })
})
