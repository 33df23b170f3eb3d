import { jpeg, jpegWithExif } from '../../packages/server/src/testing/test-images.ts'
import type { TestAccount } from './test-account.ts'
import type { TestDevice } from './test-device.ts'

/** Three days of the sensor `rpi`: its field `temp` is the hour in UTC, `cam1` a camera; tags say night or day. */

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** Midnight in UTC; the picture of then tells of its camera. */
export const LAST = Date.UTC(2024, 0, 20)
export const FIRST = LAST - 3 * DAY
/** No pictures were taken then. */
export const GAP = { from: LAST - 40 * HOUR, to: LAST - 30 * HOUR }
export const TAKEN_EVERY = 30 * MINUTE

/** Where all of it is seen. */
export const whole = `/sensors/rpi?from=${FIRST}&to=${LAST}`

export async function publishThreeDays(account: TestAccount): Promise<void> {
  const device = await account.sensor('rpi', ['temp:scalar:celsius', 'cam1:image'])
  for (let day = FIRST; day <= LAST; day += DAY) {
    await Promise.all(timesOf(day).map((t) => publish(device, t)))
  }
}

function timesOf(day: number): readonly number[] {
  const all = Array.from({ length: DAY / TAKEN_EVERY }, (_, i) => day + i * TAKEN_EVERY)
  return all.filter((t) => t <= LAST)
}

async function publish(device: TestDevice, t: number): Promise<void> {
  const hour = new Date(t).getUTCHours()
  const measurement = { timestamp: t, data: { temp: hour }, tags: { light: hour < 6 ? 'night' : 'day' } }
  if (t >= GAP.from && t < GAP.to) await device.json(measurement)
  else await device.multipart(measurement, { cam1: await picture(t) })
}

/** The time in the label of a frame of the film strip, in UTC. */
export function timeOf(label: string | null): number {
  return Date.parse(`${label?.replace(/(, damaged)?: open$/, '') ?? ''} UTC`)
}

function picture(t: number): Promise<Buffer> {
  const seed = Math.round((t - FIRST) / TAKEN_EVERY) + 1
  return t === LAST
    ? jpegWithExif({ IFD0: { Model: 'imx708' }, IFD2: { ExposureTime: '1/125' } })
    : jpeg(160, 120, seed)
}
