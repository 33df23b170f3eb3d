import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SensorId } from '../../storage/sensor-store.ts'
import { Listeners } from './listeners.ts'

const [RPI, RIVER] = [1 as SensorId, 2 as SensorId]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Listeners over a registry of which a test decides what is in it. */
function bench() {
  const registry = { version: 1, sensors: new Set([RPI, RIVER]), signedIn: new Set(['ada', 'bob']) }
  const asked: string[] = []
  const ended: string[] = []
  const listeners = new Listeners({
    registryVersion: async () => registry.version,
    async existing(ids) {
      asked.push(`sensors ${ids.join()}`)
      return new Set(ids.filter((id) => registry.sensors.has(id)))
    },
  })
  const listen = (credential: string, ...sensors: readonly SensorId[]): (() => void) =>
    listeners.add({
      credential,
      sensors,
      async isSignedIn() {
        asked.push(credential)
        return registry.signedIn.has(credential)
      },
      end: () => ended.push(credential),
    })
  /** What was asked within a second. */
  const aSecond = async (): Promise<readonly string[]> => {
    asked.length = 0
    await vi.advanceTimersByTimeAsync(1000)
    return [...asked]
  }
  return { registry, listeners, listen, ended, aSecond }
}

it('ends all who signed in with what opens nothing any more', async () => {
  const { registry, listen, ended, aSecond } = bench()
  for (let n = 0; n < 3; n++) listen('ada', RPI)
  listen('bob', RPI)
  await aSecond()
  expect(ended).toEqual([])
  registry.signedIn.delete('ada')
  await aSecond()
  expect(new Set(ended)).toEqual(new Set(['ada']))
})

it('ends who has no sensor left to hear', async () => {
  const { registry, listen, ended, aSecond } = bench()
  listen('ada', RPI)
  listen('bob', RPI, RIVER)
  await aSecond()
  registry.sensors.delete(RPI)
  registry.version++
  await aSecond()
  expect(new Set(ended)).toEqual(new Set(['ada']))
})

it('ends who came when the sensor was being deleted', async () => {
  const { registry, listen, ended, aSecond } = bench()
  listen('bob', RIVER)
  registry.sensors.delete(RPI)
  registry.version++
  await aSecond()
  listen('ada', RPI)
  await aSecond()
  expect(new Set(ended)).toEqual(new Set(['ada']))
})

it('asks for many as for one, and for sensors only when something was changed', async () => {
  const { registry, listen, aSecond } = bench()
  for (let n = 0; n < 100; n++) listen('ada', RPI, RIVER)
  expect(await aSecond()).toEqual(['ada', 'sensors 1,2', 'ada', 'ada', 'ada'])
  expect(await aSecond()).toEqual(['ada', 'ada', 'ada', 'ada'])
  registry.version++
  expect(await aSecond()).toEqual(['ada', 'sensors 1,2', 'ada', 'ada', 'ada'])
})

it('asks nothing while nobody listens', async () => {
  const { listen, aSecond } = bench()
  const leave = listen('ada', RPI)
  await aSecond()
  leave()
  leave()
  expect(await aSecond()).toEqual([])
  listen('ada', RPI)
  expect(await aSecond()).not.toEqual([])
})

it('goes on while nothing can be told, and asks again', async () => {
  const ended: string[] = []
  let isAway = true
  const listeners = new Listeners({
    registryVersion: async () => 1,
    async existing() {
      if (isAway) throw new Error('The database is away.')
      return new Set<SensorId>()
    },
  })
  listeners.add({
    credential: '',
    isSignedIn: async () => true,
    sensors: [RPI],
    end: () => ended.push('rpi'),
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(ended).toEqual([])
  isAway = false
  await vi.advanceTimersByTimeAsync(1000)
  expect(ended).not.toEqual([])
})

it('waits for a look that takes long before it begins the next', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let asked = 0
  const listeners = new Listeners({ registryVersion: async () => 1, existing: async () => new Set([RPI]) })
  const isSignedIn = (): Promise<boolean> => {
    asked++
    return promise
  }
  listeners.add({ credential: '', isSignedIn, sensors: [RPI], end: () => undefined })
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toBe(1)
  resolve(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toBe(5)
})
