import { liveQuerySchema, type MeasurementJson } from '@senio/protocol/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { LiveEvents } from '../../domain/live/live-events.ts'
import type { Sensors } from '../../domain/sensors/sensors.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { App } from './app.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

/** Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 20_000

/** A listener that doesn't read is cut off; it connects again and asks for what it missed. */
const MAX_BUFFERED = 1024 * 1024

export interface LiveAccess extends SensorAccess {
  readonly sensors: Pick<Sensors, 'get'>
  readonly live: LiveEvents
}

const eventStream = {
  description:
    'Events until one side hangs up: `event: measurement`, and `data:` with the JSON of the measurement; `event: missed`, and `data:` with `{"sensor"}`, when measurements of that sensor may have been stored that are not told: ask for them',
  content: { 'text/event-stream': { schema: z.string() } },
}

/** Server-sent events: each measurement of one sensor, or of several, as it is stored. */
export function liveRoutes(app: App, { authorise, requireSensor, sensors, live }: LiveAccess): void {
  const open = new Set<Readable>()
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
    for (const stream of open) stream.push(null)
  })

  /** @param describe what is said of a measurement */
  async function stream(
    request: FastifyRequest,
    reply: FastifyReply,
    heard: readonly Sensor[],
    describe: (measurement: MeasurementJson, sensor: Sensor) => object,
  ): Promise<FastifyReply> {
    const events = new Readable({ read: () => {}, highWaterMark: MAX_BUFFERED })
    const send = (text: string): void => {
      if (!events.push(text)) events.destroy()
    }
    send('retry: 2000\n\n')
    const subscriptions = await Promise.all(
      heard.map((sensor) =>
        live.subscribe(sensor.id, {
          onMeasurement(measurement) {
            send(`event: measurement\ndata: ${JSON.stringify(describe(measurement, sensor))}\n\n`)
          },
          onMissed: () => send(`event: missed\ndata: ${JSON.stringify({ sensor: sensor.name })}\n\n`),
        }),
      ),
    )
    // Sessions end and tokens are revoked while somebody listens.
    const endUnlessSignedIn = async (): Promise<void> => {
      if (!(await authorise.isStillSignedIn(request))) events.push(null)
    }
    const heartbeat = setInterval(() => {
      send(': still here\n\n')
      void endUnlessSignedIn()
    }, HEARTBEAT_MS)
    open.add(events)
    events.once('close', () => {
      clearInterval(heartbeat)
      for (const unsubscribe of subscriptions) unsubscribe()
      open.delete(events)
    })
    // Who asked just before the server was told to close would keep it open.
    if (isClosing) events.push(null)
    return reply
      .headers({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .send(events)
  }

  app.get(
    '/sensors/:name/live',
    {
      onRequest: authorise.signedIn,
      // HEAD would listen without end.
      exposeHeadRoute: false,
      schema: {
        tags: ['Measurements'],
        summary: 'Server-sent events named `measurement`: each measurement as it is stored',
        params: sensorParams,
        response: { ...problemResponses, 200: eventStream },
      },
    },
    async (request, reply) =>
      stream(request, reply, [await requireSensor(request)], (measurement) => measurement),
  )

  app.get(
    '/live',
    {
      onRequest: authorise.signedIn,
      // HEAD would listen without end.
      exposeHeadRoute: false,
      schema: {
        tags: ['Measurements'],
        summary: 'The same for several sensors; each measurement says whose it is, as `sensor`',
        querystring: liveQuerySchema,
        response: { ...problemResponses, 200: eventStream },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const names = new Set(request.query.sensors)
      const heard = await Promise.all([...names].map((name) => sensors.get(id, name)))
      return stream(request, reply, heard, (measurement, { name }) => ({ sensor: name, ...measurement }))
    },
  )
}
