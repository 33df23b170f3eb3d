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
    20,
  )
  return { world, version: () => versions.version() }
}

it('asks once in a while', async () => {
  const { world, version } = cache()
  await version()
  world.now = 19
  await version()
  expect(world.asked).toBe(1)
  world.now = 20
  world.version = 2
  expect(await version()).toBe(2)
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
