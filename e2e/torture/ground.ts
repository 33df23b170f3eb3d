import {
  startPostgres,
  type PostgresServer,
} from '../../packages/server/src/testing/postgres/postgres-server.ts'
import { createBucket } from '../../packages/server/src/testing/ceph/bucket.ts'
import { type CephServer, startCeph } from '../../packages/server/src/testing/ceph/ceph-server.ts'
import { FaultProxy } from '../../packages/server/src/testing/fault-proxy.ts'
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

const POSTGRES_SETTINGS = {
  // As people run it: a page that was written by half is mended from the log.
  full_page_writes: 'on',
  // It panics when its disk is gone, as it should; nobody needs to see that.
  logging_collector: 'on',
}

/**
 * A PostgreSQL of its own, with files for the pictures.
 * @param home where the database's directory goes; where it is quickest when null
 * @param more settings of PostgreSQL
 */
export async function onPostgres(
  seed: number,
  home: string | null = null,
  more: Readonly<Record<string, string>> = {},
): Promise<PostgresGround | { readonly missing: string }> {
  const database = await startPostgres({ ...POSTGRES_SETTINGS, ...more }, home)
  if (database === null) return { missing: `npm has no PostgreSQL for ${process.platform}-${process.arch}` }
  await using opened = new AsyncDisposableStack()
  opened.defer(() => database.dispose())
  const site = opened.use(await Site.open({ seed, settings: { SENIO_DATABASE_URL: database.url } }))
  const ground = opened.move()
  return { site, database, plan: POSTGRES_PLAN, [Symbol.asyncDispose]: () => ground.disposeAsync() }
}

const POSTGRES_PLAN: FaultPlan = { database: 'postgres' }

/** Many nodes' kind of storage: PostgreSQL, and the pictures in a bucket of a real object store. */
export interface BucketGround extends PostgresGround {
  readonly store: CephServer
  /** Between the server and the object store. */
  readonly network: FaultProxy
}

export async function onBucket(seed: number): Promise<BucketGround | { readonly missing: string }> {
  await using opened = new AsyncDisposableStack()
  const store = await startCeph()
  if ('missing' in store) return store
  opened.defer(() => store.dispose())
  const database = await startPostgres(POSTGRES_SETTINGS)
  if (database === null) return { missing: `npm has no PostgreSQL for ${process.platform}-${process.arch}` }
  opened.defer(() => database.dispose())
  const { location, credentials } = await createBucket(store)
  const { hostname: host, port } = location.endpoint
  const network = await FaultProxy.start({ host, port: Number(port) })
  opened.defer(() => network.close())
  const settings = {
    SENIO_DATABASE_URL: database.url,
    SENIO_BLOB_URL: `s3://${location.bucket}?endpoint=http://127.0.0.1:${network.port}&region=${location.region}`,
    SENIO_S3_ACCESS_KEY: credentials.accessKey,
    SENIO_S3_SECRET_KEY: credentials.secretKey,
  }
  const site = opened.use(await Site.open({ seed, settings }))
  const ground = opened.move()
  return {
    site,
    database,
    store,
    network,
    plan: POSTGRES_PLAN,
    [Symbol.asyncDispose]: () => ground.disposeAsync(),
  }
}
