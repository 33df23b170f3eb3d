import { SenioError } from '@senio/protocol'
import { type Connections, SCHEMA } from './connections.ts'
import { toSenioError } from './failures.ts'
import { Lock, lockSql } from './locks.ts'
import { EARLIEST, LATEST } from './migrations/value-table.ts'
import type { PostgresSession } from './session.ts'

/** Months of partitions that are there before anything is measured in them, besides the present one. */
const MONTHS_AHEAD = 2

/** A stretch of time that has a table of its own. */
export interface Partition {
  readonly name: string
  /** ms since the epoch; the end is exclusive. */
  readonly from: number
  readonly to: number
}

/**
 * The partition of a timestamp: the month since the installation's first one, the year before that. So whoever publishes
 * scattered timestamps gets one table a year at most, of which there are few. null for what lies in the outermost
 * two, which always are there.
 */
export function partitionOf(timestamp: number, firstMonth: number): Partition | null {
  if (timestamp < EARLIEST || timestamp >= LATEST) return null
  const date = new Date(timestamp)
  const year = date.getUTCFullYear()
  if (timestamp < firstMonth) {
    return {
      name: `value_y${year}`,
      from: Date.UTC(year, 0),
      to: Math.min(Date.UTC(year + 1, 0), firstMonth),
    }
  }
  const month = date.getUTCMonth()
  const name = `value_m${year}_${String(month + 1).padStart(2, '0')}`
  return { name, from: Date.UTC(year, month), to: Date.UTC(year, month + 1) }
}

/** What publishing waits for a partition to be made, where whoever needs none waits as well: for nodes that make some, and for others. */
const BRIEFLY = { nodes: `SET LOCAL lock_timeout = '2s'`, others: `SET LOCAL lock_timeout = '250ms'` }
const PATIENTLY = { nodes: '', others: '' }

/** What keeps partitions from being made is over in seconds or minutes: an ANALYZE, an index that is being built. */
const RETRY_AFTER = 2

/** Why a timestamp can't be stored for now; null when it can. */
export type Obstacle = (timestamp: number) => Error | null

export interface PartitionConnections {
  /** That of those who publish. */
  readonly writer: Connections
  /** For what they don't wait for. */
  readonly others: Connections
}

/** Makes the partitions of table `value`. Where something else makes them, it does nothing. */
export class Partitions {
  readonly #connections: PartitionConnections
  readonly #now: () => number
  readonly #known = new Set<string>()
  readonly #wanted = new Map<string, Partition>()
  #making: Promise<void> | null = null
  #recent: Partition = { name: '', from: 0, to: 0 }
  #firstMonth = 0
  #isOurs = false

  /** @param now ms since the epoch */
  constructor(connections: PartitionConnections, now: () => number) {
    this.#connections = connections
    this.#now = now
  }

  /** To be called once, before anything else. @throws SenioError `storage-failing` when the role may not make them */
  async open(): Promise<void> {
    const rows = await this.#connections.writer.use((session) =>
      session.tuples<readonly [number, boolean]>(
        `SELECT first_month, (SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass('value')) FROM installation`,
      ),
    )
    const [firstMonth, isOurs] = rows[0] ?? [0, false]
    this.#firstMonth = firstMonth
    this.#isOurs = isOurs
    if (!isOurs) return
    await this.#connections.writer.use(assertMayMake)
    for (const name of await this.#connections.writer.use(existing)) this.#known.add(name)
    // If that fails, `makeAhead` will tell.
    await this.#makeMissing(this.#coming())
  }

  /** Makes what is missing for the time to come: to be called now and then, by one node. @throws SenioError */
  async makeAhead(): Promise<void> {
    if (!this.#isOurs) return
    for (const partition of this.#coming()) {
      if (!this.#known.has(partition.name)) await this.#make(partition, this.#connections.others)
    }
  }

  /**
   * Makes what is missing for timestamps. What can't be made at once is made in the background, while others go on.
   * @returns null when there is everything
   */
  async ensure(timestamps: Iterable<number>): Promise<Obstacle | null> {
    if (!this.#isOurs) return null
    const missing = new Map<string, Partition>()
    for (const timestamp of timestamps) {
      if (timestamp >= this.#recent.from && timestamp < this.#recent.to) continue
      const partition = partitionOf(timestamp, this.#firstMonth)
      if (partition === null) continue
      if (this.#known.has(partition.name)) this.#recent = partition
      else missing.set(partition.name, partition)
    }
    if (missing.size === 0) return null
    const failures = await this.#makeMissing(missing.values())
    if (failures.size === 0) return null
    return (timestamp) => failures.get(partitionOf(timestamp, this.#firstMonth)?.name ?? '') ?? null
  }

  /** Resolves when nothing is being made. */
  async idle(): Promise<void> {
    await this.#making
  }

  #coming(): readonly Partition[] {
    const date = new Date(Math.max(this.#now(), this.#firstMonth))
    return Array.from({ length: MONTHS_AHEAD + 1 }, (_, month) =>
      partitionOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + month), this.#firstMonth),
    ).filter((partition) => partition !== null)
  }

  /** @returns why, by name, those that aren't there couldn't be made */
  async #makeMissing(missing: Iterable<Partition>): Promise<ReadonlyMap<string, Error>> {
    const failures = new Map<string, Error>()
    for (const partition of missing) {
      if (this.#known.has(partition.name)) continue
      try {
        // Else each of many would be waited for in vain.
        if (this.#making !== null) throw isBeingMade()
        await this.#make(partition, this.#connections.writer, BRIEFLY)
      } catch (error) {
        const failure = toSenioError(error)
        failures.set(partition.name, failure)
        if (failure instanceof SenioError && failure.code === 'overloaded') this.#makeLater(partition)
      }
    }
    return failures
  }

  #makeLater(partition: Partition): void {
    this.#wanted.set(partition.name, partition)
    this.#making ??= this.#makeWanted().finally(() => (this.#making = null))
  }

  async #makeWanted(): Promise<void> {
    try {
      for (const partition of this.#wanted.values()) await this.#make(partition, this.#connections.others)
    } catch {
      // Whoever needs it comes again, and finds out why.
    }
    this.#wanted.clear()
  }

  async #make(partition: Partition, connections: Connections, patience = PATIENTLY): Promise<void> {
    await connections.transaction(
      async (session) => {
        const there = await existing(session)
        // Attached, not created as a partition: that lets everybody go on reading and writing meanwhile.
        if (there.has(partition.name)) return
        await session.script(patience.others)
        for (const statement of attachSql(partition)) await session.script(statement)
      },
      `BEGIN; ${patience.nodes}; ${lockSql(Lock.partitions)}`,
    )
    this.#known.add(partition.name)
  }
}

/** Else all goes well until a month begins, or somebody publishes what is old. */
async function assertMayMake(session: PostgresSession): Promise<void> {
  const [row] = await session.tuples<readonly [string, string, boolean, boolean]>(
    `SELECT current_user, pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE'),
       has_schema_privilege('${SCHEMA}', 'CREATE')
     FROM pg_class WHERE oid = to_regclass('value')`,
  )
  const [role, owner, owns, creates] = row ?? ['', '', false, false]
  if (owns && creates) return
  const remedy = owns
    ? `GRANT CREATE ON SCHEMA ${SCHEMA} TO "${role}"`
    : `GRANT "${owner}" TO "${role}", or use the role "${owner}"`
  throw new SenioError(
    'storage-failing',
    `The role "${role}" may not make tables for the months to come: it must own ${SCHEMA}.value, and be allowed to create tables in the schema ${SCHEMA}. ${remedy}.`,
  )
}

function isBeingMade(): SenioError {
  return new SenioError(
    'overloaded',
    'The database is about to make room for values of this time. Send it again in a moment.',
    { retryAfter: RETRY_AFTER },
  )
}

async function existing(session: PostgresSession): Promise<ReadonlySet<string>> {
  const rows = await session.tuples<readonly [string]>(
    `SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = to_regclass('value')`,
  )
  return new Set(rows.map(([name]) => name))
}

/** To be sent one by one: Citus passes on what it was sent. */
function attachSql({ name, from, to }: Partition): readonly string[] {
  return [
    `CREATE TABLE ${name} (LIKE value INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)`,
    `ALTER TABLE value ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`,
  ]
}
