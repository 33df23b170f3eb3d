import type { LiveEventJson, SensorLiveEventJson } from '@senio/protocol/api'
import { apiPath, type Http } from '../request.ts'

export interface LiveHandlers {
  readonly onMeasurement: (measurement: LiveEventJson, sensor: string) => void
  /**
   * Whether measurements arrive at the moment. After each true that follows a false, ask for what was missed:
   * the stream doesn't repeat it. Both come at once when the server itself can't tell of all.
   */
  readonly onConnected?: ((connected: boolean) => void) | undefined
}

/** The part of the browser's EventSource that is used. */
export interface EventSourceLike {
  readonly readyState: number
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

const CLOSED = 2
const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000

/**
 * Listens to measurements as they are stored, and comes back after every interruption, waiting longer each time.
 * Browsers reconnect by themselves after a lost connection, but give up when a proxy or a restarting server answers
 * with an error.
 */
export function liveResource(http: Http, open: (url: string) => EventSourceLike) {
  function listen(
    url: string,
    onEvent: (event: unknown) => void,
    onConnected: LiveHandlers['onConnected'],
  ): () => void {
    let source: EventSourceLike
    let timer: ReturnType<typeof setTimeout> | undefined
    let delay = FIRST_DELAY_MS
    let connected = false

    function setConnected(now: boolean): void {
      if (now !== connected) onConnected?.(now)
      connected = now
    }

    function connect(): void {
      source = open(url)
      source.addEventListener('open', () => {
        delay = FIRST_DELAY_MS
        setConnected(true)
      })
      source.addEventListener('measurement', (event) => onEvent(JSON.parse(String(event.data))))
      source.addEventListener('missed', () => {
        setConnected(false)
        setConnected(true)
      })
      source.addEventListener('error', () => {
        setConnected(false)
        if (source.readyState !== CLOSED) return
        timer = setTimeout(connect, delay)
        delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      })
    }

    connect()
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }

  function live(sensor: string, { onMeasurement, onConnected }: LiveHandlers): () => void {
    const url = http.url(apiPath('sensors', sensor, 'live'))
    return listen(url, (event) => onMeasurement(event as LiveEventJson, sensor), onConnected)
  }

  return {
    /** @returns what ends it */
    live,
    /**
     * Several sensors over one connection, of which browsers open only a few.
     * @param sensors non-empty, at most 100: names
     * @returns what ends it
     */
    liveOf(sensors: readonly string[], { onMeasurement, onConnected }: LiveHandlers): () => void {
      const [first] = sensors
      if (first !== undefined && sensors.length === 1) return live(first, { onMeasurement, onConnected })
      return listen(
        http.url(apiPath('live'), { sensors }),
        (event) => {
          const { sensor, ...measurement } = event as SensorLiveEventJson
          onMeasurement(measurement, sensor)
        },
        onConnected,
      )
    },
  }
}
