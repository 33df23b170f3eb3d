import { createClient } from '@senio/client'
import type { ImageJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { justBefore, openPicture } from './neighbours.ts'

const times = [1_474_638_041_614.14, 1_474_638_041_614.142, 1_474_638_099_000]

function picture(timestamp: number): ImageJson {
  return {
    timestamp,
    image: String(times.indexOf(timestamp)),
    type: 'image/jpeg',
    width: 1,
    height: 1,
    bytes: 1,
    damaged: false,
  }
}

/** A server with three pictures, two of them less than a hundredth of a millisecond apart. */
const client = createClient({
  baseUrl: 'http://senio.test',
  fetch: async (input) => {
    if (typeof input !== 'string') throw new TypeError('the client asks by address')
    const { pathname, searchParams } = new URL(input)
    if (pathname.endsWith('/at')) {
      const t = Number(searchParams.get('t'))
      const timestamp = times.findLast((time) => time <= t)
      return Response.json({ t, fields: timestamp === undefined ? {} : { cam: { timestamp, value: 'x' } } })
    }
    const from = Number(searchParams.get('from'))
    const images = times.filter((time) => time >= from).slice(0, Number(searchParams.get('limit')))
    return Response.json({ images: images.map(picture), next: null })
  },
})

function open(t: number) {
  return openPicture(client, 'rpi', 'cam', t, new AbortController().signal)
}

test('goes through every picture in both directions, however close they are', async () => {
  const [first, second, third] = times
  expect(await open(Number(first))).toMatchObject({ picture: { image: '0' }, previous: null, next: second })
  expect(await open(Number(second))).toMatchObject({ picture: { image: '1' }, previous: first, next: third })
  expect(await open(Number(third))).toMatchObject({ picture: { image: '2' }, previous: second, next: null })
})

test('between pictures, the one before is open; before the first, none', async () => {
  expect(await open(1_474_638_050_000)).toMatchObject({ picture: { image: '1' } })
  expect(await open(1)).toBeNull()
})

test('just before is the next smaller double', () => {
  const t = 1_474_638_041_614.14
  expect(justBefore(t)).toBeLessThan(t)
  expect((justBefore(t) + t) / 2 === t || (justBefore(t) + t) / 2 === justBefore(t)).toBe(true)
})
