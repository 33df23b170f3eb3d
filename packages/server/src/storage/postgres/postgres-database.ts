import { SenioError } from '@senio/protocol'
import { sql } from 'kysely'
import { sqlNodeStores } from '../sql/node-stores.ts'
import { sqlStores } from '../sql/sql-stores.ts'
import { VersionCache } from '../sql/version-cache.ts'
import type { Database, Migrated } from '../storage.ts'
import { isDistributed } from './capabilities.ts'
import { singleConnection, type ConnectionSettings, Connections } from './connections.ts'
import { FieldOwners } from './field-owners.ts'
import { postgresFigures } from './figures.ts'
import { findFaults } from './find-faults.ts'
import { Hosts } from './hosts.ts'
import { postgresDialect } from './kysely-dialect.ts'
import { REQUIRE_KNOWN_FORMAT } from './locks.ts'
import { migrate } from './migrate.ts'
import { Partitions } from './partitions.ts'
import { postgresIds } from './postgres-ids.ts'
import { postgresImageStore } from './postgres-image-store.ts'
import { postgresMeasurementStore } from './postgres-measurement-store.ts'
import { PostgresNodeLocks } from './postgres-node-locks.ts'
import { PostgresNodeMessages } from './postgres-node-messages.ts'
import { ReplicaReads } from './replica-reads.ts'
import { AppendQueue, type QueueLimits } from './writer/append-queue.ts'
import { applyBatch } from './writer/apply-batch.ts'
import { KnownSensors } from './writer/known-sensors.ts'

/** How long another node's changes to sensors, keys and accounts may go unseen, in ms. */
const VERSION_BELIEVED = { believed: 250, bridged: 500 }

/** Connections that aren't for everybody: the writer's, and those of the locks and messages between nodes. */
const RESERVED = 3

/**
 * Whatever is written is found by its key. The planner mustn't think of reading whole tables instead, as it does while its
 * statistics are old or none: a batch would cost more with every sensor that there is.
 */
const PLANS_BY_KEY = `
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_sort = off`

/** The server's, ms. */
const CLOCK = sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::float8`

export interface PostgresOptions extends Omit<ConnectionSettings, 'url' | 'isDistributed'> {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** Of a standby that answers queries; null for none. */
  readonly replicaUrl: string | null
  /** ms since the epoch. */
  readonly now: () => number
  /** What may wait to be stored before `append` rejects with `overloaded`. */
  readonly queueLimits?: QueueLimits
  /** Told how many ms each commit of measurements took. */
  readonly onCommit?: ((ms: number) => void) | undefined
}

/**
 * Opens a PostgreSQL database, creating and migrating Senio's schema as needed. Any number of nodes may have it open.
 *
 * @throws SenioError `storage-failing` when it can't be reached or used, isn't durable, or has a newer format
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  // Measurements have a connection of their own: they don't wait until readers are done with theirs.
  const hosts = new Hosts(options.url)
  const { migrated, ...layout } = await prepareTables(options, hosts)
  const settings: ConnectionSettings = { ...options, ...layout }
  const writer = new Connections({ ...settings, most: 1 }, hosts, true, PLANS_BY_KEY)
  const primary = new Connections({ ...settings, most: Math.max(1, options.most - RESERVED) }, hosts)
  const replica =
    options.replicaUrl === null
      ? null
      : new Connections({ ...settings, url: options.replicaUrl }, new Hosts(options.replicaUrl), false)
  const partitions = new Partitions({ writer, others: primary }, options.now)
  try {
    await partitions.open()
  } catch (error) {
    await Promise.all([writer.close(), primary.close(), replica?.close()])
    throw error
  }
  let ordinaryWrites = 0
  const dialect = postgresDialect(primary, () => void ordinaryWrites++)
  const stores = sqlStores({ dialect, ids: postgresIds, holdRows: sql`FOR NO KEY UPDATE` })
  let seen = 0
  const versions = new VersionCache(
    async () => {
      const version = await stores.registryVersion()
      // A migration changes it, too.
      if (version !== seen) await primary.use((session) => session.script(REQUIRE_KNOWN_FORMAT))
      seen = version
      return version
    },
    () => ordinaryWrites,
    () => performance.now(),
    VERSION_BELIEVED,
  )
  const known = new KnownSensors()
  const queue = new AppendQueue(
    (calls) => applyBatch({ connections: writer, partitions, known }, calls),
    options.queueLimits,
    options.onCommit,
  )
  const nodeLocks = new PostgresNodeLocks(singleConnection(options), hosts)
  const nodeMessages = new PostgresNodeMessages(singleConnection(options), hosts)
  const replicaReads = replica === null ? null : new ReplicaReads(primary, replica)
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    // What was called before takes a few microtasks through Kysely until it is in flight here.
    await new Promise((resolve) => setImmediate(resolve))
    await queue.close()
    await partitions.idle()
    await Promise.all([
      writer.close(),
      primary.close(),
      replica?.close(),
      nodeLocks.close(),
      nodeMessages.close(),
    ])
  }
  return {
    ...stores,
    migrated,
    ...sqlNodeStores(dialect, CLOCK),
    registryVersion: () => versions.version(),
    measurements: postgresMeasurementStore({
      primary,
      queries: replicaReads ?? primary,
      owners: new FieldOwners(),
      queue,
    }),
    images: postgresImageStore(primary),
    nodeLocks,
    nodeMessages,
    figures: postgresFigures(primary, nodeMessages, replicaReads),
    upkeep: [{ name: 'partitions', run: () => partitions.makeAhead() }],
    writeLoad: () => queue.load(),
    probe: async () => {
      await primary.transaction((session) =>
        session.script(`${REQUIRE_KNOWN_FORMAT}; UPDATE probe SET writes = writes + 1`),
      )
    },
    backupTo: async () => {
      throw backedUpElsewhere()
    },
    findFaults: (search = {}) => findFaults(primary, search),
    close: () => (closed ??= close()),
  }
}

/** With a connection of its own: only when that is done is it known what the others have to do with. */
async function prepareTables(
  options: PostgresOptions,
  hosts: Hosts,
): Promise<{ readonly migrated: Migrated; readonly isDistributed: boolean }> {
  const connections = new Connections({ ...options, most: 1 }, hosts)
  try {
    return { migrated: await migrate(connections), isDistributed: await connections.use(isDistributed) }
  } finally {
    await connections.close()
  }
}

function backedUpElsewhere(): SenioError {
  return new SenioError(
    'parameter-invalid',
    "The database is PostgreSQL: back it up with its own tools, such as pg_dump or your provider's snapshots, and then the pictures: senio backup --folder DIRECTORY --pictures-only.",
  )
}
