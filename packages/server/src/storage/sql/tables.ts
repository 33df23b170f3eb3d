import type { FieldTypeName, TimestampMs } from '@senio/protocol'
import type { Generated, GeneratedAlways, Kysely } from 'kysely'
import type { AccountId, Role } from '../account-store.ts'
import type { NoteId } from '../note-store.ts'
import type { PictureFault } from '../scrub-store.ts'
import type { FieldId, SensorId } from '../sensor-store.ts'
import type { ViewId } from '../view-store.ts'

/**
 * The ordinary tables, the same in every SQL engine: see docs/formats/data-dir.md. `deleted` is 1 for rows that
 * wait to be purged, and text sorts by code point.
 */
export interface Tables {
  readonly account: {
    readonly id: GeneratedAlways<AccountId>
    readonly email: string
    readonly password_hash: string
    readonly role: Role
    readonly created: TimestampMs
    readonly deleted: Generated<number>
  }
  readonly session: {
    readonly token_hash: string
    readonly account: AccountId
    readonly created: TimestampMs
    readonly expires: TimestampMs
  }
  readonly api_token: {
    readonly id: GeneratedAlways<number>
    readonly account: AccountId
    readonly token_hash: string
    readonly label: string
    readonly created: TimestampMs
    readonly last_used: TimestampMs | null
  }
  readonly sensor: {
    readonly id: GeneratedAlways<SensorId>
    readonly owner: AccountId
    readonly name: string
    /** See `foldCase`. */
    readonly name_folded: string
    readonly created: TimestampMs
    readonly deleted: Generated<number>
  }
  readonly field: {
    readonly id: GeneratedAlways<FieldId>
    readonly sensor: SensorId
    readonly name: string
    readonly type: FieldTypeName
    readonly unit: string
    readonly position: number
    readonly deleted: Generated<number>
  }
  readonly device_key: {
    readonly id: GeneratedAlways<number>
    readonly sensor: SensorId
    readonly key_hash: string
    readonly label: string
    readonly created: TimestampMs
    readonly last_used: TimestampMs | null
  }
  readonly view: {
    readonly id: GeneratedAlways<ViewId>
    readonly account: AccountId
    readonly name: string
    /** JSON: see `encodePanels`. */
    readonly panels: string
    readonly created: TimestampMs
    readonly changed: TimestampMs
  }
  readonly note: {
    readonly id: GeneratedAlways<NoteId>
    readonly sensor: SensorId
    readonly starts: TimestampMs
    /** null for a note on an instant. */
    readonly ends: TimestampMs | null
    readonly text: string
    readonly created: TimestampMs
    readonly changed: TimestampMs
  }
  readonly scrub: {
    /** 1: there is one row. */
    readonly id: number
    readonly started: TimestampMs | null
    readonly position: string | null
    readonly ended: TimestampMs | null
    readonly database_faults: number
    /** Who goes on with it until then. */
    readonly holder: string
    readonly held_until: TimestampMs
  }
  readonly damaged_picture: {
    readonly sha1: string
    readonly fault: PictureFault
    readonly found: TimestampMs
  }
  readonly registry_version: {
    readonly id: number
    readonly version: number
  }
}

/**
 * A database with these tables, of any engine. Its driver throws `UniqueViolation` and SenioErrors, and its
 * transactions are serialisable.
 */
export type SqlDatabase = Kysely<Tables>
