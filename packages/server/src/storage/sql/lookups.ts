/** Most keys of one question. */
const MOST = 1000

/**
 * Finds values by their keys: keys that are asked for while one question is under way go into the next, so that a
 * crowd costs a few questions instead of one each. Whoever is alone waits for nobody.
 */
export class Lookups<Value> {
  readonly #ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>
  readonly #waiting = new Map<string, PromiseWithResolvers<Value | null>>()
  #isRunning = false

  /** @param ask gives what there is, by key */
  constructor(ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {
    this.#ask = ask
  }

  /** As of a moment after the call; null for what isn't there. Rejects as `ask` does. */
  find(key: string): Promise<Value | null> {
    const found = this.#waiting.get(key) ?? Promise.withResolvers<Value | null>()
    this.#waiting.set(key, found)
    if (!this.#isRunning) void this.#run()
    return found.promise
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.size > 0) {
      // Those whose requests lie in the sockets join.
      await new Promise((resolve) => setImmediate(resolve))
      const asked = [...this.#waiting].slice(0, MOST)
      for (const [key] of asked) this.#waiting.delete(key)
      try {
        const values = await this.#ask(asked.map(([key]) => key))
        for (const [key, { resolve }] of asked) resolve(values.get(key) ?? null)
      } catch (error) {
        for (const [, { reject }] of asked) reject(error)
      }
    }
    this.#isRunning = false
  }
}
