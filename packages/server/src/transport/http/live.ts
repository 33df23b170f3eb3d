import { liveQuerySchema, type MeasurementJson } from '@senio/protocol/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { ListenerLimit } from '../../domain/live/listener-limit.ts'
import type { Listeners } from '../../domain/live/listeners.ts'
import type { LiveEvents } from '../../domain/live/live-events.ts'
import type { Sensors } from '../../domain/sensors/sensors.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { App } from './app.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

/** Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 20_000

/** Whoever asks for what it missed is busy for a while: within so many ms, one event a sensor is enough. */
const MISSED_TOGETHER_MS = 500

/** A listener that doesn't read is cut off; it connects again and asks for what it missed. */
const MAX_BUFFERED = 1024 * 1024

export interface LiveAccess extends SensorAccess {
  readonly sensors: Pick<Sensors, 'get'>
  readonly live: LiveEvents
  readonly listeners: Listeners
}

const eventStream = {
  description:
    'Events until one side hangs up: `event: measurement`, and `data:` with the JSON of the measurement; `event: missed`, and `data:` with `{"sensor"}`, when measurements of that sensor may have been stored that are not told: ask for them',
  content: { 'text/event-stream': { schema: z.string() } },
}

/** Server-sent events: each measurement of one sensor, or of several, as it is stored. */
export function liveRoutes(app: App, access: LiveAccess): void {
  const { authorise, requireSensor, sensors, live, listeners } = access
  const limit = new ListenerLimit()
  /** What ends each stream. */
  const open = new Set<() => void>()
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
    for (const end of open) end()
  })

  /** @param describe the event of a measurement */
  async function stream(
    request: FastifyRequest,
    reply: FastifyReply,
    heard: readonly Sensor[],
    describe: (measurement: MeasurementJson, sensor: Sensor) => string,
  ): Promise<FastifyReply> {
    const { id } = await authorise.requireAccount(request)
    const leave = limit.enter(id)
    const events = new Readable({ read: () => {}, highWaterMark: MAX_BUFFERED })
    const cleanUps = [leave]
    let hasEnded = false
    let unsent = ''
    // What comes in one turn of the event loop goes out in one piece: each costs a message to the system.
    const sendAll = (): void => {
      const text = unsent
      unsent = ''
      if (text !== '' && !hasEnded && !events.push(text)) events.destroy()
    }
    const end = (): void => {
      sendAll()
      if (!hasEnded) events.push(null)
      hasEnded = true
    }
    const send = (text: string): void => {
      if (unsent === '') setImmediate(sendAll)
      unsent += text
    }
    const tellMissed = together(MISSED_TOGETHER_MS, (name) =>
      send(`event: missed\ndata: ${JSON.stringify({ sensor: name })}\n\n`),
    )
    open.add(end)
    events.once('close', () => {
      hasEnded = true
      open.delete(end)
      tellMissed.stop()
      for (const cleanUp of cleanUps) cleanUp()
    })
    const leaveListeners = listeners.add({
      credential: authorise.credentialOf(request),
      isSignedIn: () => authorise.isStillSignedIn(request),
      sensors: heard.map((sensor) => sensor.id),
      end,
    })
    const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
    cleanUps.push(leaveListeners, () => clearInterval(heartbeat))
    send('retry: 2000\n\n')
    try {
      for (const sensor of heard) {
        const unsubscribe = await live.subscribe(sensor.id, {
          onMeasurement(measurement) {
            send(describe(measurement, sensor))
          },
          onMissed: () => tellMissed.add(sensor.name),
        })
        if (events.destroyed) unsubscribe()
        else cleanUps.push(unsubscribe)
      }
    } catch (error) {
      events.destroy()
      throw error
    }
    // Who asked just before the server was told to close would keep it open.
    if (isClosing) end()
    return reply
      .headers({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .send(events)
  }

  const ofOne = toldOnce((measurement) => measurement)
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
    async (request, reply) => stream(request, reply, [await requireSensor(request)], ofOne),
  )

  const ofSeveral = toldOnce((measurement, { name }) => ({ sensor: name, ...measurement }))
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
      return stream(request, reply, heard, ofSeveral)
    },
  )
}

/** The event of a measurement, put into words once, however many listen. */
function toldOnce(
  say: (measurement: MeasurementJson, sensor: Sensor) => object,
): (measurement: MeasurementJson, sensor: Sensor) => string {
  const told = new WeakMap<MeasurementJson, string>()
  return (measurement, sensor) => {
    const known = told.get(measurement)
    if (known !== undefined) return known
    const text = `event: measurement\ndata: ${JSON.stringify(say(measurement, sensor))}\n\n`
    told.set(measurement, text)
    return text
  }
}

/** Calls a function with each of the names that were added within a time, once. */
function together(ms: number, call: (name: string) => void): { add(name: string): void; stop(): void } {
  const names = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  return {
    add(name) {
      names.add(name)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const added of names) call(added)
        names.clear()
      }, ms)
    },
    stop: () => clearTimeout(timer),
  }
}
