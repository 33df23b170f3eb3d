import { availableParallelism, totalmem } from 'node:os'

const GB = 1e9

/** What a machine has for this process. */
interface Means {
  readonly processors: number
  /** Bytes. */
  readonly memory: number
}

/**
 * How many pictures are decoded at a time where nothing is set: a processor is left to whoever publishes and looks, and each
 * decoder may come to need several hundred MB, for the largest pictures.
 */
export function usualDecoders({ processors, memory }: Means = ours()): number {
  return Math.max(1, Math.min(processors - 1, Math.floor(memory / GB)))
}

function ours(): Means {
  // 0 where nothing constrains it, otherwise the limit of its container.
  const limit = process.constrainedMemory()
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return { processors: availableParallelism(), memory }
}
