import {
  startPostgres,
  type PostgresServer,
} from '../../packages/server/src/testing/postgres/postgres-server.ts'
import type { FaultPlan } from './faults/fault.ts'
import { Site } from './site.ts'

/** What a scenario happens on. */
export interface Ground extends AsyncDisposable {
  readonly site: Site
  /** What each plan of faults needs to know. */
  readonly plan: FaultPlan
}

/** @returns the reason where that can't be */
export type OpenGround = (seed: number) => Promise<Ground | { readonly missing: string }>

/** One machine: SQLite and files. */
export const embedded: OpenGround = async (seed) => {
  const site = await Site.open({ seed })
  return { site, plan: {}, [Symbol.asyncDispose]: () => site[Symbol.asyncDispose]() }
}

export interface PostgresGround extends Ground {
  readonly database: PostgresServer
}

/**
 * A PostgreSQL of its own, with files for the pictures.
 * @param home where the database's directory goes; where it is quickest when null
 */
export async function onPostgres(
  seed: number,
  home: string | null = null,
): Promise<PostgresGround | { readonly missing: string }> {
  const settings = {
    // As people run it: a page that was written by half is mended from the log.
    full_page_writes: 'on',
    // It panics when its disk is gone, as it should; nobody needs to see that.
    logging_collector: 'on',
  }
  const database = await startPostgres(settings, home)
  if (database === null) return { missing: `npm has no PostgreSQL for ${process.platform}-${process.arch}` }
  try {
    const site = await Site.open({ seed, settings: { SENIO_DATABASE_URL: database.url } })
    const dispose = async (): Promise<void> => {
      await site[Symbol.asyncDispose]()
      await database.dispose()
    }
    return { site, database, plan: { database: 'postgres' }, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await database.dispose()
    throw error
  }
}
