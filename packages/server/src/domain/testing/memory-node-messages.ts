import type { NodeListener, NodeMessages } from '../../storage/node-messages.ts'

/** Messages between nodes that live in one test. */
export function memoryNodeMessages(count: number): {
  readonly nodes: readonly NodeMessages[]
  /** All of them, in order. */
  readonly sent: readonly string[]
  /** Every node may have missed something. */
  lose(): void
} {
  const sent: string[] = []
  const listeners = Array.from({ length: count }, () => new Set<NodeListener>())
  const nodes = listeners.map((own): NodeMessages => ({
    send(message) {
      sent.push(message)
      for (const theirs of listeners) {
        if (theirs !== own) for (const { onMessage } of theirs) onMessage(message)
      }
    },
    listen(listener) {
      own.add(listener)
      return () => void own.delete(listener)
    },
    ready: async () => {},
  }))
  const lose = (): void => {
    for (const those of listeners) for (const { onMissed } of those) onMissed()
  }
  return { nodes, sent, lose }
}
