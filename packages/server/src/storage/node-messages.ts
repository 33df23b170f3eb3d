/** Most bytes of one message, in UTF-8. */
export const MAX_MESSAGE_BYTES = 7000

/** What a node hears of the others. */
export interface NodeListener {
  /** In the order in which its sender sent it. Must not throw. */
  readonly onMessage: (message: string) => void
  /** Messages may have been lost: whatever hangs on them has to be asked for. Must not throw. */
  readonly onMissed: () => void
}

/**
 * Short messages to all other nodes of an installation, soon and without a promise: when some are lost, listeners are
 * told so. Rules are checked by `contract/node-messages.contract.ts`.
 */
export interface NodeMessages {
  /**
   * Sends to all others. Returns at once and never throws.
   * @param message one line, at most `MAX_MESSAGE_BYTES`
   */
  send(message: string): void
  /** @returns what ends it */
  listen(listener: NodeListener): () => void
  /**
   * Resolves when messages that are sent from now on arrive here, or when that can't be had at the moment; then
   * listeners are told `onMissed` as soon as it can. Never rejects.
   */
  ready(): Promise<void>
}
