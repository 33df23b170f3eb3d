import { createClient, type LiveHandlers } from '@senio/client'
import type { LiveEventJson } from '@senio/protocol/api'
import { expect, it } from 'vitest'
import { taggedClient } from './tagged-client.ts'

it('asks for the measurements with the tag alone, whatever is read', async () => {
  const asked: string[] = []
  const client = taggedClient(
    createClient({
      baseUrl: 'http://senio',
      async fetch(url) {
        asked.push(new URL(new Request(url).url).search)
        return Response.json({})
      },
    }),
    'run:7',
  )
  await client.at('rpi', 5)
  await client.latest('rpi')
  await client.series('rpi', { fields: ['temp'] })
  await client.images('rpi')
  await client.measurements('rpi')
  await client.keogram('rpi')
  await client.keogramTile('rpi', 'cam1', { msPerColumn: 1, index: 0 })
  expect(asked).toHaveLength(7)
  for (const search of asked) expect(new URLSearchParams(search).get('tag')).toBe('run:7')
})

it('hears of new measurements with the tag alone', () => {
  let handlers: LiveHandlers | undefined
  const client = {
    ...createClient(),
    live(_sensor: string, given: LiveHandlers) {
      handlers = given
      return () => {}
    },
  }
  const heard: number[] = []
  taggedClient(client, 'night').live('rpi', { onMeasurement: ({ timestamp }) => heard.push(timestamp) })
  const publish = (timestamp: number, tags: LiveEventJson['tags']): void =>
    handlers?.onMeasurement({ timestamp, data: {}, tags }, 'rpi')
  publish(1, null)
  publish(2, ['night'])
  publish(3, ['nights'])
  publish(4, { night: 1 })
  expect(heard).toEqual([2, 4])
})
