import { DAY, timestampMs } from '@senio/protocol'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { testCli } from '../testing/test-cli.ts'
import { simulate } from './greenhouse.ts'
import { takePicture } from './picture.ts'

const TO = timestampMs(Date.UTC(2026, 5, 8))
const WEEK = { from: timestampMs(TO - 7 * DAY), to: TO }

test('a seed gives the same week again, another seed another one', () => {
  const week = [...simulate(WEEK, 3)]
  expect(week).toHaveLength(7 * 24 * 60)
  expect([...simulate(WEEK, 3)]).toEqual(week)
  expect([...simulate(WEEK, 4)]).not.toEqual(week)
})

test('it looks like a greenhouse: warmer than outside by day, heated at night, vented when hot', () => {
  for (const seed of [1, 2, 3]) {
    const week = [...simulate(WEEK, seed)]
    for (const { inside, humidity, light, outside } of week) {
      expect(inside).toBeGreaterThan(8)
      expect(inside).toBeLessThan(45)
      expect(humidity).toBeGreaterThan(20)
      expect(humidity).toBeLessThan(100)
      if (light > 0.6) expect(inside).toBeGreaterThan(outside - 1)
    }
    expect(week.some(({ doorOpen }) => doorOpen)).toBe(true)
    expect(week.some(({ vent }) => vent > 0.5)).toBe(true)
    expect(week.some(({ light }) => light === 0)).toBe(true)
  }
})

test('pictures change with the numbers', async () => {
  const [state] = simulate(WEEK, 1)
  if (state === undefined) throw new Error('an empty week')
  const shut = await takePicture({ ...state, doorOpen: false }, 0.5)
  const open = await takePicture({ ...state, doorOpen: true }, 0.5)
  const grown = await takePicture({ ...state, doorOpen: false }, 1)
  expect(open.equals(shut)).toBe(false)
  expect(grown.equals(shut)).toBe(false)
  expect((await takePicture({ ...state, doorOpen: false }, 0.5)).equals(shut)).toBe(true)
  expect(await sharp(shut).metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 640 })
})

test('the demo makes account, sensors, measurements, pictures, notes and a view, and can be run again', async () => {
  const cli = await testCli()
  const first = await cli.run('demo', '--owner', 'demo@example.org', '--days', '1', '--json')
  expect(first.json()).toMatchObject({
    owner: 'demo@example.org',
    name: 'greenhouse',
    pictures: 96,
    notes: 3,
  })
  const again = await cli.run('demo', '--owner', 'demo@example.org', '--days', '1', '--json')
  expect(again.json()).not.toHaveProperty('password')
  expect(again.json()).toMatchObject({ notes: 3, view: 'greenhouse and its weather' })
  const views = await cli.run('view', 'list', '--owner', 'demo@example.org', '--json')
  expect(views.stdout).toContain('greenhouse and its weather')
  const check = await cli.run('check', '--json')
  expect(check.json()).toMatchObject({ ok: true, pictures: 96 })
})

test("a sensor that is not the demo's is left alone", async () => {
  const cli = await testCli()
  await cli.run('user', 'create', '--email', 'me@example.org')
  await cli.run('sensor', 'create', 'greenhouse', '--owner', 'me@example.org', '--field', 'temp:scalar')
  const refused = await cli.run('demo', '--owner', 'me@example.org', '--json')
  expect(refused.problem()).toMatchObject({ code: 'name-taken' })
})
