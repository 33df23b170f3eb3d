import { expect, it } from 'vitest'
import { VersionCache } from './version-cache.ts'

function cache() {
  const world = { version: 1, writes: 0, now: 0, asked: 0 }
  const versions = new VersionCache(
    async () => {
      world.asked++
      return world.version
    },
    () => world.writes,
    () => world.now,
    { believed: 20, bridged: 50 },
  )
  return { world, version: () => versions.version() }
}

it('asks once in a while', async () => {
  const { world, version } = cache()
  await version()
  world.now = 19
  await version()
  expect(world.asked).toBe(1)
  world.now = 50
  world.version = 2
  expect(await version()).toBe(2)
})

it('lets nobody wait for a new answer while the last one is hardly older than believed', async () => {
  const { world, version } = cache()
  await version()
  Object.assign(world, { now: 30, version: 2 })
  expect(await Promise.all([version(), version()])).toEqual([1, 1])
  expect(world.asked).toBe(2)
  expect(await version()).toBe(2)
})

it('hears of a failure once nothing is believed any more', async () => {
  const failing = { is: false, now: 0 }
  const versions = new VersionCache(
    async () => {
      if (failing.is) throw new Error('away')
      return 1
    },
    () => 0,
    () => failing.now,
    { believed: 20, bridged: 50 },
  )
  await versions.version()
  Object.assign(failing, { is: true, now: 30 })
  expect(await versions.version()).toBe(1)
  failing.now = 60
  await expect(versions.version()).rejects.toThrow('away')
  Object.assign(failing, { is: false })
  expect(await versions.version()).toBe(1)
})

it('knows at once what this process has written', async () => {
  const { world, version } = cache()
  await version()
  Object.assign(world, { version: 5, writes: 1 })
  expect(await version()).toBe(5)
})

it('does not take an answer for newer than the question', async () => {
  const { world, version } = cache()
  const asked = version()
  Object.assign(world, { version: 7, writes: 1 })
  await asked
  expect(await version()).toBe(7)
})
