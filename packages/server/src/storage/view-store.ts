import type { TimestampMs } from '@senio/protocol'
import type { AccountId } from './account-store.ts'
import type { FieldId } from './sensor-store.ts'

export type ViewId = number & { readonly __id: 'view' }

/** A field that a panel is to show, and what it is called as it is stored. */
export interface NewViewField {
  readonly id: FieldId
  readonly sensor: string
  readonly field: string
}

/**
 * A field that a panel shows: by id, so that the names of sensor and field are today's. When either was deleted,
 * the names are those that it had when the view was last stored.
 */
export interface ViewField extends NewViewField {
  readonly isDeleted: boolean
}

export interface ViewPanel<Field extends NewViewField = ViewField> {
  /** Of a grid of twelve. */
  readonly columns: number
  readonly rows: number
  readonly fields: readonly Field[]
}

export interface View {
  readonly id: ViewId
  /** Unique among the account's views; NFC. */
  readonly name: string
  /** In the order in which they are shown. */
  readonly panels: readonly ViewPanel[]
  readonly created: TimestampMs
  readonly changed: TimestampMs
}

/** The views that people compose, each its account's own. Rules are checked by `contract/view-store.contract.ts`. */
export interface ViewStore {
  /** @throws SenioError `name-taken` */
  create(view: {
    readonly account: AccountId
    readonly name: string
    readonly panels: readonly ViewPanel<NewViewField>[]
    readonly created: TimestampMs
  }): Promise<View>
  /** null when the account has none of this id. */
  find(account: AccountId, id: ViewId): Promise<View | null>
  /** Those with names after `after`, ordered by name (code points). */
  list(account: AccountId, after: string | null, limit: number): Promise<readonly View[]>
  /** The names of all of them, in no order. */
  names(account: AccountId): Promise<readonly string[]>
  /**
   * What is absent stays. False when the account has none of this id, or when it was changed at another time than `was`.
   * @throws SenioError `name-taken`
   */
  update(
    account: AccountId,
    id: ViewId,
    change: {
      readonly name?: string
      readonly panels?: readonly ViewPanel<NewViewField>[]
      readonly changed: TimestampMs
      /** Absent: whenever it was changed. */
      readonly was?: TimestampMs
    },
  ): Promise<boolean>
  /** False when the account has none of this id. */
  delete(account: AccountId, id: ViewId): Promise<boolean>
}
