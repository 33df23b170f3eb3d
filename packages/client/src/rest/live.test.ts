import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../client.ts'

const CONNECTING = 0
const CLOSED = 2

type Listener = (event: { readonly data?: unknown }) => void

/** A stream that the test plays the server of. */
class FakeStream {
  readyState = CONNECTING
  readonly url: string
  readonly #listeners = new Map<string, Listener>()

  constructor(url: string) {
    this.url = url
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener)
  }

  close(): void {
    this.readyState = CLOSED
  }

  opens(): void {
    this.#listeners.get('open')?.({})
  }

  sends(measurement: object): void {
    this.#listeners.get('measurement')?.({ data: JSON.stringify(measurement) })
  }

  tellsOfALoss(): void {
    this.#listeners.get('missed')?.({ data: '{"sensor":"a b"}' })
  }

  /** As browsers do: a lost connection is retried by the stream itself, a refused one is not. */
  breaks(readyState: number): void {
    this.readyState = readyState
    this.#listeners.get('error')?.({})
  }
}

function listen() {
  const streams: FakeStream[] = []
  const seen: unknown[] = []
  const client = createClient({
    openEventSource(url) {
      const stream = new FakeStream(url)
      streams.push(stream)
      return stream
    },
  })
  const stop = client.live('a b', {
    onMeasurement: (measurement) => seen.push(measurement),
    onConnected: (connected) => seen.push(connected),
  })
  const newest = () => streams.at(-1) as FakeStream
  return { streams, newest, seen, stop }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('listening to measurements', () => {
  it('gives each measurement as it comes', () => {
    const { newest, seen } = listen()
    expect(newest().url).toBe('/api/v1/sensors/a%20b/live')
    newest().opens()
    newest().sends({ timestamp: 1.5, data: { temp: 2 }, tags: null })
    expect(seen).toEqual([true, { timestamp: 1.5, data: { temp: 2 }, tags: null }])
  })

  it('hears several sensors over one connection, and says whose each measurement is', () => {
    const stream = new FakeStream('')
    const urls: string[] = []
    const client = createClient({
      openEventSource(url) {
        urls.push(url)
        return stream
      },
    })
    const seen: unknown[] = []
    client.liveOf(['a', 'b'], { onMeasurement: (measurement, sensor) => seen.push(sensor, measurement) })
    stream.sends({ sensor: 'b', timestamp: 1, data: { temp: 2 }, tags: null })
    expect(urls).toEqual(['/api/v1/live?sensors=a%2Cb'])
    expect(seen).toEqual(['b', { timestamp: 1, data: { temp: 2 }, tags: null }])
    client.liveOf(['a'], { onMeasurement: () => {} })
    expect(urls[1]).toBe('/api/v1/sensors/a/live')
  })

  it('lets ask for what the server could not tell', () => {
    const { newest, seen } = listen()
    newest().opens()
    newest().tellsOfALoss()
    expect(seen).toEqual([true, false, true])
  })

  it('leaves a lost connection to the stream', () => {
    const { newest, streams, seen } = listen()
    newest().opens()
    newest().breaks(CONNECTING)
    vi.advanceTimersByTime(60_000)
    expect(streams).toHaveLength(1)
    newest().opens()
    expect(seen).toEqual([true, false, true])
  })

  it('opens another stream after a refusal, waiting longer each time', () => {
    const { newest, streams } = listen()
    newest().breaks(CLOSED)
    vi.advanceTimersByTime(1000)
    expect(streams).toHaveLength(2)
    newest().breaks(CLOSED)
    vi.advanceTimersByTime(1000)
    expect(streams).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(streams).toHaveLength(3)
  })

  it('opens no other stream once it is ended', () => {
    const { newest, streams, stop } = listen()
    newest().breaks(CLOSED)
    stop()
    vi.advanceTimersByTime(60_000)
    expect(streams).toHaveLength(1)
  })
})
