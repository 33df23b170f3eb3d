import type { MeasurementJson } from '@senio/protocol/api'
import { expect, it } from 'vitest'
import { MAX_MESSAGE_BYTES } from '../../storage/node-messages.ts'
import type { SensorId } from '../../storage/sensor-store.ts'
import { memoryNodeMessages } from '../testing/memory-node-messages.ts'
import { SharedLiveEvents } from './shared-live-events.ts'

const [RPI, RIVER] = [1 as SensorId, 12 as SensorId]

function twoNodes() {
  const messages = memoryNodeMessages(2)
  const [here, there] = messages.nodes.map((node) => new SharedLiveEvents(node))
  if (here === undefined || there === undefined) throw new TypeError('There are two.')
  return { here, there, messages }
}

/** What a listener is told. */
async function ear(node: SharedLiveEvents, sensor: SensorId) {
  const heard: (MeasurementJson | 'missed')[] = []
  const end = await node.subscribe(sensor, {
    onMeasurement: (measurement) => heard.push(measurement),
    onMissed: () => heard.push('missed'),
  })
  return { heard, end }
}

const measured = (timestamp: number, tags: MeasurementJson['tags'] = null): MeasurementJson => ({
  timestamp,
  data: { temp: timestamp / 8 },
  tags,
})

it('tells listeners of every node, once, about their sensor alone', async () => {
  const { here, there } = twoNodes()
  const [near, far, other] = [await ear(here, RPI), await ear(there, RPI), await ear(there, RIVER)]
  here.publish(RPI, () => [measured(1, ['ä "quoted"\n'])])
  there.publish(RPI, () => [measured(2)])
  far.end()
  here.publish(RPI, () => [measured(3)])
  expect(near.heard).toEqual([measured(1, ['ä "quoted"\n']), measured(2), measured(3)])
  expect(far.heard).toEqual([measured(1, ['ä "quoted"\n']), measured(2)])
  expect(other.heard).toEqual([])
})

it('tells of a batch in several messages', async () => {
  const { here, there, messages } = twoNodes()
  const far = await ear(there, RPI)
  const batch = Array.from({ length: 300 }, (_, n) => measured(n))
  here.publish(RPI, () => batch)
  expect(far.heard).toEqual(batch)
  expect(messages.sent.length).toBeGreaterThan(1)
  for (const message of messages.sent) expect(Buffer.byteLength(message)).toBeLessThan(MAX_MESSAGE_BYTES)
})

it('lets listeners elsewhere ask for what is too much for messages', async () => {
  const { here, there } = twoNodes()
  const [near, far] = [await ear(here, RPI), await ear(there, RPI)]
  const batch = Array.from({ length: 2000 }, (_, n) => measured(n))
  here.publish(RPI, () => batch)
  here.publish(RPI, () => [measured(1, ['x'.repeat(MAX_MESSAGE_BYTES)])])
  expect(near.heard).toHaveLength(2001)
  expect(far.heard).toEqual(['missed', 'missed'])
})

it('tells all who listen when messages were lost', async () => {
  const { there, messages } = twoNodes()
  const [rpi, river] = [await ear(there, RPI), await ear(there, RIVER)]
  messages.lose()
  expect([rpi.heard, river.heard]).toEqual([['missed'], ['missed']])
})
