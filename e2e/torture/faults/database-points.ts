import { Socket } from 'node:net'
import type { Effect, Point } from './fault.ts'
import { die } from './fault-counter.ts'

/** Types of messages of PostgreSQL's protocol (its manual, "Message Formats"). */
const QUERY = 0x51
const BIND = 0x42
const SYNC = 0x53

/** What a connection to PostgreSQL is at. */
interface Conversation {
  /** Within a transaction that writes. */
  isWriting: boolean
  /** Statements that the connection has prepared are on their way, to be committed together. */
  hasPipeline: boolean
}

/**
 * Lets the process die where it begins and commits a transaction of PostgreSQL: before the message leaves, or as its answer
 * comes in, when the commit is done and the program doesn't know of it.
 */
export function watchDatabase(next: (point: Point) => Effect | null): void {
  const conversations = new WeakMap<Socket, Conversation>()
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this`
  const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean
  Socket.prototype.write = function (this: Socket, ...args: unknown[]) {
    const [message] = args
    const conversation = conversations.get(this) ?? { isWriting: false, hasPipeline: false }
    conversations.set(this, conversation)
    const point = Buffer.isBuffer(message) ? pointOf(message, conversation) : null
    const effect = point === null ? null : next(point)
    if (effect !== null && 'kill' in effect) {
      if (effect.kill !== 'after') die()
      this.prependOnceListener('data', die)
    }
    return write.apply(this, args)
  }
}

function pointOf(message: Buffer, conversation: Conversation): Point | null {
  if (message[0] === QUERY) {
    const text = message.toString('latin1', 5, message.length - 1)
    if (text.startsWith('BEGIN') && !text.includes('READ ONLY')) {
      conversation.isWriting = true
      return 'rows-begin'
    }
    if (!conversation.isWriting || !text.endsWith('COMMIT')) return null
    conversation.isWriting = false
    return 'rows-commit'
  }
  // After its length of four bytes, the name of a portal, which has none, and that of a statement.
  if (message[0] === BIND && message[5] === 0 && message[6] !== 0) {
    const isFirst = !conversation.hasPipeline
    conversation.hasPipeline = true
    return isFirst ? 'rows-begin' : null
  }
  if (message[0] !== SYNC || message.length !== 5 || !conversation.hasPipeline) return null
  conversation.hasPipeline = false
  return 'rows-commit'
}
