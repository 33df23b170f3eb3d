/** Numbers of a field, ascending in time. */
export interface Numbers {
  readonly t: Float64Array
  readonly value: Float64Array
}

/** What makes a block what it is: with all of these the same, its values are. */
export interface BlockState {
  readonly field: number
  readonly level: number
  readonly start: number
  /** Of `value_changes`. */
  readonly changes: number
  /** Of the bucket's rollup. */
  readonly count: number
}

interface Block extends Numbers {
  readonly changes: number
  readonly count: number
}

/** Values that are kept: 16 bytes each. */
const MOST_VALUES = 256 * 1024

/** Values of whole buckets that were read lately, so that who looks at the last day again and again reads its end only. */
export class RecentBlocks {
  /** By field, level and start; the least recently used first. */
  readonly #blocks = new Map<string, Block>()
  readonly #most: number
  #values = 0

  /** @param most values kept */
  constructor(most: number = MOST_VALUES) {
    this.#most = most
  }

  /** null when it isn't there, or is no longer what it was. */
  get(state: BlockState): Numbers | null {
    const key = keyOf(state)
    const block = this.#blocks.get(key)
    if (block === undefined) return null
    this.#drop(key, block)
    if (block.changes !== state.changes || block.count !== state.count) return null
    this.#add(key, block)
    return block
  }

  put(state: BlockState, { t, value }: Numbers): void {
    const key = keyOf(state)
    const old = this.#blocks.get(key)
    if (old !== undefined) this.#drop(key, old)
    this.#add(key, { t, value, changes: state.changes, count: state.count })
    for (const [oldest, block] of this.#blocks) {
      if (this.#values <= this.#most) break
      this.#drop(oldest, block)
    }
  }

  #add(key: string, block: Block): void {
    this.#blocks.set(key, block)
    this.#values += block.t.length
  }

  #drop(key: string, block: Block): void {
    this.#blocks.delete(key)
    this.#values -= block.t.length
  }
}

function keyOf({ field, level, start }: BlockState): string {
  return `${field} ${level} ${start}`
}
