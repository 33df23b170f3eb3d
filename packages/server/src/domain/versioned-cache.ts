import { VersionCheck } from './version-check.ts'

/** Entries that are remembered, of some 700 bytes each: devices that take turns need all of them in here. */
const CAPACITY = 100_000

/**
 * Remembers what was found in the registry until anything in it changes, in any process. What wasn't found is asked
 * for again each time: strangers must not fill the memory.
 */
export class VersionedCache<Value> {
  readonly #check: VersionCheck
  readonly #entries = new Map<string, Value>()
  #version = -1

  /** @param version of the registry: see `Database.registryVersion` */
  constructor(version: () => Promise<number>) {
    this.#check = new VersionCheck(version)
  }

  /** What `find` gives for the key, as of now. Rejects as `find` and the version do. */
  async get(key: string, find: () => Promise<Value | null>): Promise<Value | null> {
    const version = await this.#check.version()
    if (version !== this.#version) {
      this.#entries.clear()
      this.#version = version
    }
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const found = await find()
    // While it was looked up, a newer version may have been seen; then what was found may be older than that.
    if (found !== null && version === this.#version) this.#remember(key, found)
    return found
  }

  #remember(key: string, value: Value): void {
    const [oldest] = this.#entries.keys()
    if (this.#entries.size >= CAPACITY && oldest !== undefined) this.#entries.delete(oldest)
    this.#entries.set(key, value)
  }
}
