import type { DatabaseFault, FaultSearch } from '../fault-search.ts'
import type { Asking } from '../sql/faults/asking.ts'
import { checks, findFaults as findFaultsOfRows } from '../sql/faults/find-faults.ts'
import type { Connections } from './connections.ts'
import { sqlStateOf } from './failures.ts'
import { postgresFaultQueries } from './fault-queries.ts'
import type { PostgresSession } from './session.ts'

/**
 * `Database.findFaults`. What a disk does to pages is for PostgreSQL's checksums to find: reading all rows makes it look
 * at them.
 */
export function findFaults(connections: Connections, search: FaultSearch): Promise<readonly DatabaseFault[]> {
  return findFaultsOfRows(
    {
      queries: postgresFaultQueries,
      step: (name, place, counts) =>
        connections.snapshot((session) =>
          answered(session, checks[name].step(postgresFaultQueries, place, counts)),
        ),
      isDamage,
    },
    search,
  )
}

async function answered<Result>(session: PostgresSession, asking: Asking<Result>): Promise<Result> {
  let next = asking.next()
  while (next.done !== true) {
    const { sql, parameters } = next.value
    next = asking.next(await session.tuples(sql, ...parameters))
  }
  return next.value
}

/** Of the errors that mean a database out of reach: damaged pages, damaged indexes, and what its disk can't read. */
function isDamage(error: unknown): boolean {
  const state = sqlStateOf(error instanceof Error ? error.cause : error)
  return state !== null && ['XX001', 'XX002', '58030'].includes(state)
}
