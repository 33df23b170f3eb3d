import { SenioError } from '@senio/protocol'
import pg from 'pg'
import { isConnectionUsable, toSenioError } from './failures.ts'
import { clientOf, Hosts } from './hosts.ts'
import { FORMAT } from './migrations/index.ts'
import { PostgresSession } from './session.ts'
import { UnknownOutcome } from '../unknown-outcome.ts'

/** Where Senio's tables are: they share a database with whatever else is in it. */
export const SCHEMA = 'senio'

/** Connections tried in a row that turn out to have been broken while they were idle. */
const TRIES = 3

/** What asking the server to end something takes at most, in ms. */
const CANCEL_TIMEOUT = 3000

const OID_INT8 = 20
const OID_NUMERIC = 1700

/** Counts and sums of counts: JavaScript's integers reach far enough. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === OID_INT8 || oid === OID_NUMERIC ? Number : pg.types.getTypeParser(oid, format)
  },
}

export interface ConnectionSettings {
  /** `postgres://user:password@host:port,host:port/database?sslmode=…` */
  readonly url: string
  /** Most of them open at once. */
  readonly most: number
  /** Milliseconds that a statement may take. */
  readonly statementTimeout: number
  /** Milliseconds that a transaction waits for another one's locks. */
  readonly lockTimeout: number
  /** Milliseconds to wait for a connection. */
  readonly connectTimeout: number
  /** Whether what is kept of sensors is distributed over several servers; false when absent. */
  readonly isDistributed?: boolean
}

/**
 * Connections to one PostgreSQL server, made when they are needed. One that breaks is replaced: what used it is told
 * `storage-failing`, and the next call tries anew.
 */
export class Connections {
  readonly #pool: pg.Pool
  readonly #hosts: Hosts
  readonly #most: number
  readonly #isDistributed: boolean
  readonly #single: SingleConnection
  /** The server's process of each connection. */
  readonly #pids = new WeakMap<object, number>()
  #lent = 0
  readonly #running = new Set<Promise<unknown>>()
  #isClosing = false

  /**
   * @param hosts those of the URL; the primary's are shared
   * @param takesWrites whether they are a primary's
   * @param alsoSet further settings of each connection, as SQL
   */
  constructor(
    settings: ConnectionSettings,
    hosts = new Hosts(settings.url),
    takesWrites = true,
    alsoSet = '',
  ) {
    this.#hosts = hosts
    this.#most = settings.most
    this.#isDistributed = settings.isDistributed ?? false
    this.#single = singleConnection(settings)
    this.#pool = new pg.Pool({
      Client: clientOf(hosts, takesWrites),
      ...clientConfig(settings),
      max: settings.most,
      idleTimeoutMillis: 60_000,
      // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it; its types don't say so
      onConnect: (client: pg.ClientBase) => this.#prepare(client, `${timeoutsSql(settings)};${alsoSet}`),
    })
    // An idle connection broke: the pool has dropped it already.
    this.#pool.on('error', () => {})
  }

  /** Connections that are open, those of them that are in use, and callers that wait for one. */
  get load(): { readonly open: number; readonly inUse: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount, options } = this.#pool
    // The pool counts those, too, who get one in a moment.
    const free = idleCount + options.max - totalCount
    return {
      open: totalCount,
      inUse: totalCount - idleCount,
      waiting: Math.max(0, waitingCount - free),
    }
  }

  /** A connection for some statements that share no transaction. @throws as `toSenioError` says */
  async use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    if (this.#isClosing)
      throw new SenioError('shutting-down', 'The server is being stopped.', { retryAfter: 5 })
    const run = this.#use(work)
    this.#running.add(run)
    try {
      return await run
    } finally {
      this.#running.delete(run)
    }
  }

  /**
   * Everything that `work` wrote is durable when it resolves, and nothing of it is left when it rejects with anything but
   * `UnknownOutcome`.
   */
  transaction<T>(work: (session: PostgresSession) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    return this.use(async (session) => {
      let result: T
      try {
        await session.script(begin)
        result = await work(session)
      } catch (error) {
        await session.rollback()
        throw error
      }
      await session.commit()
      return result
    })
  }

  /** Reads that all see one moment. */
  snapshot<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    return this.transaction(work, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  }

  /** Finishes what runs. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.allSettled(this.#running)
    await this.#pool.end()
  }

  async #use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect()
      const session = new PostgresSession(client, this.#isDistributed)
      let isGone = false
      const onError = (): void => {
        isGone = true
        session.markBroken()
      }
      client.on('error', onError)
      client.on('end', onError)
      try {
        return await work(session)
      } catch (error) {
        if (!(error instanceof SenioError) && !isConnectionUsable(error)) session.markBroken()
        // It was broken before we had it, and nobody had noticed: nothing was done.
        const isUntouched = session.isBroken && !session.hasAnswered && !(error instanceof UnknownOutcome)
        if (!isUntouched || attempt >= TRIES) throw toSenioError(error)
      } finally {
        client.off('error', onError)
        client.off('end', onError)
        session.end()
        // The server may still be at it, and hold what others wait for: above all a commit that waits for its standby.
        if (session.isBroken && !isGone) await this.#cancel(client)
        client.release(session.isBroken)
        this.#lent--
      }
    }
  }

  /** Ends what a connection was asked for, as far as the server can be asked to. */
  async #cancel(client: pg.PoolClient): Promise<void> {
    const pid = this.#pids.get(client)
    if (pid === undefined || pid === 0) return
    // Its end is an error, too, where nobody listens any more.
    client.on('error', () => {})
    const { config } = this.#single
    const other = new pg.Client({
      ...config,
      connectionString: this.#hosts.url,
      connectionTimeoutMillis: CANCEL_TIMEOUT,
      query_timeout: CANCEL_TIMEOUT,
    })
    other.on('error', () => {})
    try {
      await other.connect()
      await other.query('SELECT pg_cancel_backend($1)', [pid])
    } catch {
      // It is gone, or as silent as before.
    }
    await other.end().catch(() => {})
  }

  async #prepare(client: pg.ClientBase, alsoSet: string): Promise<void> {
    this.#pids.set(client, await prepare(client, alsoSet))
  }

  async #connect(): Promise<pg.PoolClient> {
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await this.#pool.connect()
        this.#lent++
        return client
      } catch (error) {
        if (this.#lent >= this.#most) throw allInUse(error)
        if (attempt >= this.#hosts.count) throw toSenioError(error)
      }
    }
  }
}

/** Not a failure of the server: it answers those who have a connection. */
function allInUse(cause: unknown): SenioError {
  return new SenioError('overloaded', 'All connections to the database are in use. Try again in a moment.', {
    cause,
    retryAfter: 1,
  })
}

/** A connection that no pool makes. */
export interface SingleConnection {
  readonly config: pg.ClientConfig
  /** What it says first, as SQL. */
  readonly settings: string
}

export function singleConnection(settings: ConnectionSettings): SingleConnection {
  return { config: clientConfig(settings), settings: timeoutsSql(settings) }
}

/** Not as parameters of the connection: PgBouncer refuses those that it doesn't know. */
function timeoutsSql({ statementTimeout, lockTimeout }: ConnectionSettings): string {
  return `SET statement_timeout = ${statementTimeout}; SET lock_timeout = ${lockTimeout}`
}

function clientConfig({ url, statementTimeout, connectTimeout }: ConnectionSettings): pg.ClientConfig {
  return {
    connectionString: new Hosts(url).url,
    connectionTimeoutMillis: connectTimeout,
    // A server that has vanished without a word answers nothing, not even that it took too long.
    query_timeout: statementTimeout + 5000,
    keepAlive: true,
    application_name: 'senio',
    types,
  }
}

/**
 * Never weaker than a commit that waits for the disk, whatever the server's or the role's default is. Nothing is compiled:
 * that takes a hundred times as long as any of our statements.
 *
 * @returns the server's process that it speaks to, whatever stands between
 */
async function prepare(client: pg.ClientBase, alsoSet: string): Promise<number> {
  const results = (await client.query(
    `SET search_path = ${SCHEMA}, public; SET senio.knows = ${FORMAT}; SET jit = off;
     SELECT set_config('synchronous_commit', 'on', false)
       WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
     SET idle_in_transaction_session_timeout = '60s';${alsoSet};
     SELECT pg_backend_pid() AS pid`,
  )) as unknown as readonly pg.QueryResult<{ readonly pid: number }>[]
  return results.at(-1)?.rows[0]?.pid ?? 0
}
