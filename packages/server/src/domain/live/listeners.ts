import type { SensorId } from '../../storage/sensor-store.ts'

/** ms between looks. With the half second for which a version of the registry may be believed, less than a second. */
const LOOK_EVERY = 250

/** Somebody who was let in to listen, and goes on for as long as they may. */
export interface Listener {
  /** What they signed in with: of those with the same, one is looked up. */
  readonly credential: string
  /** Looks up whether it still opens anything; true while that can't be told. */
  readonly isSignedIn: () => Promise<boolean>
  /** What they hear, one or more. */
  readonly sensors: readonly SensorId[]
  /** Ends their stream. Safe to call twice. */
  readonly end: () => void
}

export interface ListenersOptions {
  /** See `Database.registryVersion`. */
  readonly registryVersion: () => Promise<number>
  /** Which of these sensors there are. */
  readonly existing: (sensors: readonly SensorId[]) => Promise<ReadonlySet<SensorId>>
}

/**
 * All who listen on this node. Sessions end, tokens are revoked and sensors deleted while they do: one look for all of them
 * ends the streams of those who may not listen any more, or have nothing left to hear.
 */
export class Listeners {
  readonly #options: ListenersOptions
  readonly #listening = new Set<Listener>()
  #timer: NodeJS.Timeout | null = null
  #isLooking = false
  /** Of the registry, when the sensors of all were last looked up; null when they must be. */
  #version: number | null = null

  constructor(options: ListenersOptions) {
    this.#options = options
  }

  /** One more. @returns to be called when that one has gone */
  add(listener: Listener): () => void {
    this.#listening.add(listener)
    this.#version = null
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY)
    return () => {
      this.#listening.delete(listener)
      if (this.#listening.size > 0 || this.#timer === null) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    await Promise.all([this.#endSignedOut(), this.#endUnheard()])
    this.#isLooking = false
  }

  async #endSignedOut(): Promise<void> {
    const byCredential = Map.groupBy(this.#listening, ({ credential }) => credential)
    await Promise.all(
      [...byCredential.values()].map(async ([first, ...others]) => {
        if (first === undefined || (await first.isSignedIn())) return
        for (const { end } of [first, ...others]) end()
      }),
    )
  }

  /** Ends the streams of which no sensor is left. */
  async #endUnheard(): Promise<void> {
    const { registryVersion, existing } = this.#options
    try {
      const version = await registryVersion()
      if (version === this.#version) return
      this.#version = version
      const asked = new Set([...this.#listening].flatMap(({ sensors }) => sensors))
      const there = await existing([...asked])
      for (const { sensors, end } of this.#listening) {
        if (sensors.every((sensor) => asked.has(sensor) && !there.has(sensor))) end()
      }
    } catch {
      // It can't be told now; the next look asks again.
      this.#version = null
    }
  }
}
