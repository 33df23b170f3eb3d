import { afterEach } from 'vitest'
import { jpeg } from '../../packages/server/src/testing/test-images.ts'
import { type AppUnderTest, appUnderTest } from './app-under-test.ts'

export const HOUR = 3_600_000
const HOURS = 24

/** When both sensors measured last. */
export const LAST = Date.UTC(2024, 0, 20, 11)
/** Before both measured first. */
export const FROM = LAST - HOURS * HOUR
/** All that they have measured, as parameters of an address. */
export const DAY = `from=${FROM}&to=${LAST + HOUR}`

export function field(sensor: string, name: string) {
  return { sensor, field: name }
}

/** A house and a yard that measured for a day, and views of both, which go after each test. */
export interface ViewsUnderTest {
  readonly app: AppUnderTest
  /** Of the house's camera, by hour before the last one. */
  readonly pictures: readonly Buffer[]
  /** Makes a view, as a script does. */
  readonly composed: (name: string, ...fields: readonly ReturnType<typeof field>[][]) => Promise<number>
  /** The fields of each panel of a view, as the server has them. */
  readonly stored: (name: string) => Promise<readonly string[][]>
}

/** To be called once, at the top of a file. */
export function viewsUnderTest(): ViewsUnderTest {
  const pictures: Buffer[] = []
  const app = appUnderTest(async (account) => {
    const house = await account.sensor('house', ['temp:scalar:celsius', 'humidity:scalar:%', 'cam1:image'])
    const yard = await account.sensor('yard', ['temp:scalar:celsius', 'gate:boolean', 'rain:scalar:mm'])
    const hours = Array.from({ length: HOURS }, (_, i) => ({ i, timestamp: LAST - i * HOUR }))
    await house.lines(hours.map(({ i, timestamp }) => ({ timestamp, data: { temp: 20 + i, humidity: 50 } })))
    await yard.lines(
      hours.map(({ i, timestamp }) => ({ timestamp, data: { temp: 100 + i, gate: i % 2 === 0, rain: i } })),
    )
    for (const { i, timestamp } of hours.slice(0, 4)) {
      const picture = await jpeg(320, 240, i + 1)
      pictures.push(picture)
      await house.raw('cam1', timestamp, picture)
    }
  })
  afterEach(async () => {
    const { views } = app.account.client
    for (const { id } of (await views.list()).views) await views.delete(id)
  })
  return {
    app,
    pictures,
    async composed(name, ...fields) {
      const panels = fields.map((members) => ({ columns: 12, rows: 4, fields: members }))
      return (await app.account.client.views.create({ name, panels })).id
    },
    async stored(name) {
      const { views } = await app.account.client.views.list()
      const view = views.find((known) => known.name === name)
      return (view?.panels ?? []).map(({ fields }) => fields.map((shown) => `${shown.sensor}/${shown.field}`))
    },
  }
}
