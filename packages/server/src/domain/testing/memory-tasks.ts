import type { TaskStore } from '../../storage/task-store.ts'

/** Tasks that are claimed, in memory. */
export class MemoryTasks implements TaskStore {
  readonly #clock: () => number
  readonly #until = new Map<string, number>()

  /** @param clock ms */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  async claim(name: string, ms: number): Promise<boolean> {
    const now = this.#clock()
    if ((this.#until.get(name) ?? now) > now) return false
    this.#until.set(name, now + ms)
    return true
  }

  async isAnyTaken(names: readonly string[], ms: number): Promise<boolean> {
    const now = this.#clock()
    return names.some((name) => {
      const until = this.#until.get(name) ?? now
      return until > now && until <= now + ms
    })
  }

  async prolong(name: string, ms: number): Promise<boolean> {
    const now = this.#clock()
    if ((this.#until.get(name) ?? now) <= now) return false
    this.#until.set(name, now + ms)
    return true
  }

  async release(name: string): Promise<void> {
    this.#until.delete(name)
  }
}
