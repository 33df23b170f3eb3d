import { SenioError } from '@senio/protocol'
import type pg from 'pg'
import type { SingleConnection } from './connections.ts'
import { toSenioError } from './failures.ts'
import { connectToAny, type Hosts } from './hosts.ts'
import type { NodeLock, NodeLocks } from '../node-locks.ts'

/** Between two tries for locks that another node holds, in ms; half of it is left to chance. */
const POLL_MS = 40

/** How long to wait for other nodes, in ms. */
const PATIENCE_MS = 30_000

interface Waiting {
  /** In the order in which all nodes take them. */
  readonly names: readonly string[]
  readonly deadline: number
  resolve(lock: NodeLock): void
  reject(error: unknown): void
}

/**
 * Locks across nodes: PostgreSQL's advisory locks, held by one connection of the node's own. Callers that wait share
 * queries. When the connection breaks, its locks are free for others: whoever depends on one asks whether it is held.
 */
export class PostgresNodeLocks implements NodeLocks {
  readonly #connection: SingleConnection
  readonly #hosts: Hosts
  #client: Promise<pg.Client> | null = null
  #waiting: Waiting[] = []
  #isRunning = false
  #isClosing = false
  /** The query that was sent last: a connection does one at a time. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: SingleConnection, hosts: Hosts) {
    this.#connection = connection
    this.#hosts = hosts
  }

  acquire(names: readonly string[]): Promise<NodeLock> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        names: names.toSorted(),
        deadline: performance.now() + PATIENCE_MS,
        resolve,
        reject,
      })
      if (!this.#isRunning) void this.#run()
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    const client = await this.#client?.catch(() => null)
    await client?.end().catch(() => {})
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      // Those who come in the same turn share the query.
      await new Promise((resolve) => setImmediate(resolve))
      const asked = this.#waiting
      this.#waiting = []
      try {
        const denied = await this.#try(asked)
        const now = performance.now()
        for (const waiting of denied) {
          if (now > waiting.deadline) waiting.reject(heldByOthers())
          else this.#waiting.push(waiting)
        }
        if (denied.length > 0 && this.#waiting.length === denied.length) {
          await new Promise((resolve) => setTimeout(resolve, POLL_MS * (0.5 + Math.random() / 2)))
        }
      } catch (error) {
        this.#client = null
        for (const waiting of asked) waiting.reject(toSenioError(error))
      }
    }
    this.#isRunning = false
  }

  /** Gives each what it asked for, or nothing. @returns those that got nothing */
  async #try(asked: readonly Waiting[]): Promise<readonly Waiting[]> {
    const client = await this.#connected()
    const names = asked.flatMap((waiting) => waiting.names)
    const rows = await this.#query(
      client,
      'SELECT pg_try_advisory_lock(hashtextextended(name, 0)) AS got FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, i) ORDER BY i',
      names,
    )
    const denied: Waiting[] = []
    const unwanted: string[] = []
    let index = 0
    for (const waiting of asked) {
      const got = waiting.names.filter((_, n) => rows[index + n]?.got === true)
      index += waiting.names.length
      if (got.length === waiting.names.length) {
        waiting.resolve(this.#lock(client, waiting.names))
        continue
      }
      denied.push(waiting)
      unwanted.push(...got)
    }
    if (unwanted.length > 0) await this.#unlock(client, unwanted)
    return denied
  }

  /** Locks last as long as the connection that took them. */
  #lock(client: pg.Client, names: readonly string[]): NodeLock {
    return {
      isHeld: () =>
        this.#query(client, 'SELECT true AS got FROM unnest($1::text[])', names).then(
          () => true,
          () => false,
        ),
      release: () => void this.#unlock(client, names).catch(() => {}),
    }
  }

  async #unlock(client: pg.Client, names: readonly string[]): Promise<void> {
    await this.#query(
      client,
      'SELECT pg_advisory_unlock(hashtextextended(name, 0)) AS got FROM unnest($1::text[]) AS name',
      names,
    )
  }

  #query(
    client: pg.Client,
    sql: string,
    names: readonly string[],
  ): Promise<readonly { readonly got: boolean }[]> {
    const run = this.#last.then(
      async () => (await client.query<{ readonly got: boolean }>(sql, [names])).rows,
    )
    this.#last = run.catch(() => {})
    return run
  }

  async #connected(): Promise<pg.Client> {
    if (this.#isClosing)
      throw new SenioError('shutting-down', 'The server is being stopped.', { retryAfter: 5 })
    this.#client ??= this.#connect()
    return this.#client
  }

  async #connect(): Promise<pg.Client> {
    return await connectToAny(this.#connection, this.#hosts, (client) => {
      const forget = (): void => {
        this.#client = null
      }
      client.on('error', forget)
      client.on('end', forget)
    })
  }
}

function heldByOthers(): SenioError {
  return new SenioError(
    'overloaded',
    'Another node has been busy with the same picture for long. Try again.',
    {
      retryAfter: 1,
    },
  )
}
