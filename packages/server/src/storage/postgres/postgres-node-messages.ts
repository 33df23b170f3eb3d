import type pg from 'pg'
import type { SingleConnection } from './connections.ts'
import { clientOf, type Hosts } from './hosts.ts'
import type { NodeListener, NodeMessages } from '../node-messages.ts'

const CHANNEL = 'senio'

/** Of one notification: PostgreSQL takes 7,999. */
const PAYLOAD_BYTES = 7900

/** What may wait to be sent, in bytes: whoever is further behind than that says only that it was lost. */
const QUEUE_BYTES = 1024 * 1024

/** Between attempts to connect again, in ms. */
const RETRY_MS = 250

/** A connection that was silent for so long is asked whether it still is one, in ms. */
const PING_MS = 15_000

/** Stands for messages that were lost on the way to the server. */
const LOST = '!'

/**
 * Messages between nodes by `LISTEN` and `NOTIFY`, on a connection of the node's own that is made at the first use.
 * What is sent while a query runs goes into the next, many messages to a notification. Not in the transactions of
 * what they are about: those that notify are committed one after another, whatever they wrote.
 */
export class PostgresNodeMessages implements NodeMessages {
  readonly #connection: SingleConnection
  readonly #hosts: Hosts
  readonly #listeners = new Set<NodeListener>()
  #opening: Promise<void> | null = null
  #client: pg.Client | null = null
  #queue: string[] = []
  #queuedBytes = 0
  #hasLost = false
  #isSending = false
  #isClosing = false
  #timer: NodeJS.Timeout | null = null
  #heard = 0
  #interruptions = 0

  constructor(connection: SingleConnection, hosts: Hosts) {
    this.#connection = connection
    this.#hosts = hosts
  }

  /** Whether messages come and go at the moment, and since the start how many came and how often that was interrupted. */
  get state(): { readonly isConnected: boolean; readonly heard: number; readonly interruptions: number } {
    return {
      isConnected: this.#client !== null,
      heard: this.#heard,
      interruptions: this.#interruptions,
    }
  }

  send(message: string): void {
    void this.#open()
    const bytes = Buffer.byteLength(message)
    if (this.#queuedBytes + bytes > QUEUE_BYTES) {
      this.#hasLost = true
      this.#empty()
    } else {
      this.#queue.push(message)
      this.#queuedBytes += bytes
    }
    if (!this.#isSending) void this.#send()
  }

  listen(listener: NodeListener): () => void {
    void this.#open()
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async ready(): Promise<void> {
    await this.#open()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#opening
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => {})
  }

  #open(): Promise<void> {
    this.#opening ??= this.#connect()
    return this.#opening
  }

  async #connect(): Promise<void> {
    if (this.#isClosing) return
    // Where it can't be reached, the next host is tried at the next attempt.
    const Client = clientOf(this.#hosts, true)
    const client = new Client(this.#connection.config)
    // Of the server's process: that is how a node knows its own messages.
    let pid = 0
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    client.on('notification', ({ processId, payload = '' }) => {
      if (processId !== pid) this.#hear(payload)
    })
    try {
      await client.connect()
      const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid')
      pid = rows[0]?.pid ?? 0
      // Nothing is written: there is nothing to wait for.
      await client.query(`${this.#connection.settings}; SET synchronous_commit = off; LISTEN ${CHANNEL}`)
    } catch {
      await client.end().catch(() => {})
      this.#hasLost = true
      this.#later(() => this.#reconnect(), RETRY_MS)
      return
    }
    if (this.#isClosing) return void client.end().catch(() => {})
    this.#client = client
    this.#pingLater()
    void this.#send()
  }

  async #reconnect(): Promise<void> {
    await this.#connect()
    if (this.#client !== null) for (const { onMissed } of this.#listeners) onMissed()
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = null
    this.#interruptions++
    this.#hasLost = true
    // It may be waiting for an answer that never comes.
    client.end().catch(() => {})
    this.#later(() => this.#reconnect(), RETRY_MS / 2)
  }

  async #send(): Promise<void> {
    this.#isSending = true
    // Those who come in the same turn share the query.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#client !== null && (this.#hasLost || this.#queue.length > 0)) {
      const client: pg.Client = this.#client
      const payloads = packed(this.#queue)
      if (this.#hasLost) payloads.unshift(LOST)
      this.#hasLost = false
      this.#empty()
      try {
        await client.query(`SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [
          payloads,
        ])
      } catch {
        this.#hasLost = true
        this.#lose(client)
      }
    }
    this.#isSending = false
  }

  #hear(payload: string): void {
    if (payload === LOST) for (const { onMissed } of this.#listeners) onMissed()
    else {
      for (const message of payload.split('\n')) {
        this.#heard++
        for (const { onMessage } of this.#listeners) onMessage(message)
      }
    }
  }

  #pingLater(): void {
    this.#later(async () => {
      const client = this.#client
      if (client === null) return
      try {
        await client.query('SELECT 1')
        this.#pingLater()
      } catch {
        this.#lose(client)
      }
    }, PING_MS)
  }

  #later(work: () => Promise<void>, ms: number): void {
    if (this.#isClosing) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void work(), ms).unref()
  }

  #empty(): void {
    this.#queue = []
    this.#queuedBytes = 0
  }
}

/** As few payloads as they fit into, in order. */
function packed(messages: readonly string[]): string[] {
  const payloads: string[] = []
  let payload = ''
  let bytes = 0
  for (const message of messages) {
    const length = Buffer.byteLength(message) + 1
    if (bytes > 0 && bytes + length > PAYLOAD_BYTES) {
      payloads.push(payload)
      bytes = 0
    }
    payload = bytes === 0 ? message : `${payload}\n${message}`
    bytes += length
  }
  if (bytes > 0) payloads.push(payload)
  return payloads
}
