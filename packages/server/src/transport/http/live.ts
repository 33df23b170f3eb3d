import { Readable } from 'node:stream'
import { z } from 'zod'
import type { LiveEvents } from '../../domain/live/live-events.ts'
import type { App } from './app.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

/** Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 20_000

/** A listener that doesn't read is cut off; it connects again and asks for what it missed. */
const MAX_BUFFERED = 1024 * 1024

export interface LiveAccess extends SensorAccess {
  readonly live: LiveEvents
}

const eventStream = {
  description:
    'Events until one side hangs up: `event: measurement`, and `data:` with the JSON of the measurement',
  content: { 'text/event-stream': { schema: z.string() } },
}

/** Server-sent events: each measurement of a sensor as it is stored. */
export function liveRoutes(app: App, { authorise, requireSensor, live }: LiveAccess): void {
  const open = new Set<Readable>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.push(null)
  })

  app.get(
    '/sensors/:name/live',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'Server-sent events named `measurement`: each measurement as it is stored',
        params: sensorParams,
        response: { ...problemResponses, 200: eventStream },
      },
    },
    async (request, reply) => {
      const sensor = await requireSensor(request)
      const stream = new Readable({ read: () => {}, highWaterMark: MAX_BUFFERED })
      const send = (text: string): void => {
        if (!stream.push(text)) stream.destroy()
      }
      const unsubscribe = live.subscribe(sensor.id, (measurement) => {
        send(`event: measurement\ndata: ${JSON.stringify(measurement)}\n\n`)
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      open.add(stream)
      stream.once('close', () => {
        clearInterval(heartbeat)
        unsubscribe()
        open.delete(stream)
      })
      send('retry: 2000\n\n')
      return reply
        .headers({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        .send(stream as never)
    },
  )
}
