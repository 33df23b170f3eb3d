import { type Dialect, Kysely, type RawBuilder } from 'kysely'
import type { Database } from '../storage.ts'
import { sqlAccountStore } from './accounts.ts'
import { sqlApiTokenStore } from './api-tokens.ts'
import { type IdSource, sqlCopyStore } from './copies.ts'
import { sqlDeviceKeyStore } from './device-keys.ts'
import { sqlNoteStore } from './notes.ts'
import { sqlScrubStore } from './scrub.ts'
import { sqlSensorStore } from './sensors.ts'
import { sqlSessionStore } from './sessions.ts'
import type { Tables } from './tables.ts'
import { sqlViewStore } from './views.ts'

type OrdinaryStores = Pick<
  Database,
  | 'accounts'
  | 'sessions'
  | 'apiTokens'
  | 'sensors'
  | 'deviceKeys'
  | 'views'
  | 'notes'
  | 'scrub'
  | 'copies'
  | 'registryVersion'
>

/** How an engine of ordinary tables differs from others. */
export interface SqlEngine {
  readonly dialect: Dialect
  readonly ids: IdSource
  /** At the end of a query: holds its rows, in its order, until the transaction ends. Nothing where nobody else writes meanwhile. */
  readonly holdRows: RawBuilder<unknown>
}

/** The stores of ordinary tables, over any engine. */
export function sqlStores({ dialect, ids, holdRows }: SqlEngine): OrdinaryStores {
  const db = new Kysely<Tables>({ dialect })
  return {
    accounts: sqlAccountStore(db, holdRows),
    sessions: sqlSessionStore(db),
    apiTokens: sqlApiTokenStore(db),
    sensors: sqlSensorStore(db),
    deviceKeys: sqlDeviceKeyStore(db),
    views: sqlViewStore(db),
    notes: sqlNoteStore(db),
    scrub: sqlScrubStore(db),
    copies: sqlCopyStore(db, ids),
    async registryVersion() {
      const row = await db.selectFrom('registry_version').select('version').executeTakeFirstOrThrow()
      return row.version
    },
  }
}
