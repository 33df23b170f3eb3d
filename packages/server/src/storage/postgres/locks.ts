/** "Seni" in ASCII: keeps our advisory locks apart from those of whoever shares the database. */
const LOCK_CLASS = 0x53656e69

/** What may be done by one transaction of all nodes at a time. */
export const Lock = {
  migration: 1,
  /** Changes to the ordinary tables: rare, and so they are simply one after another. */
  registry: 2,
  /** Making partitions. */
  partitions: 3,
  /** Removing what was deleted. */
  purge: 4,
} as const

/** Fails when the database has been migrated by a program that this one must not write beside. */
export const REQUIRE_KNOWN_FORMAT = 'SELECT senio.require_known_format()'

/** A statement that waits for a lock and holds it until the transaction ends. */
export function lockSql(lock: (typeof Lock)[keyof typeof Lock]): string {
  return `SELECT pg_advisory_xact_lock(${LOCK_CLASS}, ${lock})`
}
