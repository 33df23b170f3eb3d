import { SenioError } from '@senio/protocol'
import type { AccountId } from '../account-store.ts'
import type { FieldId } from '../sensor-store.ts'
import type { NewViewField, View, ViewId, ViewPanel, ViewStore } from '../view-store.ts'
import { askedId } from './ids.ts'
import type { SqlDatabase, Tables } from './tables.ts'
import { UniqueViolation } from './unique-violation.ts'

/** Fields looked up in one statement: engines limit the parameters of one. */
const FIELDS_PER_STATEMENT = 500

/** The views of accounts in an SQL database. */
export function sqlViewStore(db: SqlDatabase): ViewStore {
  const select = (account: AccountId) =>
    db
      .selectFrom('view')
      .where('account', '=', account)
      .select(['id', 'name', 'panels', 'created', 'changed'])

  async function find(account: AccountId, id: ViewId): Promise<View | null> {
    const row = await select(account).where('id', '=', askedId(id)).executeTakeFirst()
    if (row === undefined) return null
    return (await withNames(db, account, [row]))[0] ?? null
  }

  return {
    async create({ account, name, panels, created }) {
      const { id } = await orNameTaken(name, () =>
        db
          .insertInto('view')
          .values({ account, name, panels: encodePanels(panels), created, changed: created })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      const view = await find(account, id)
      if (view === null) throw new SenioError('not-found', 'The view was deleted in the meantime.')
      return view
    },

    find,

    async list(account, after, limit) {
      const own = select(account)
      const rows = await (after === null ? own : own.where('name', '>', after))
        .orderBy('name')
        .limit(limit)
        .execute()
      return withNames(db, account, rows)
    },

    async names(account) {
      const rows = await db.selectFrom('view').where('account', '=', account).select('name').execute()
      return rows.map(({ name }) => name)
    },

    async update(account, id, { name, panels, changed, was }) {
      const update = db
        .updateTable('view')
        .set({
          ...(name === undefined ? {} : { name }),
          ...(panels === undefined ? {} : { panels: encodePanels(panels) }),
          changed,
        })
        .where('account', '=', account)
        .where('id', '=', askedId(id))
      const { numUpdatedRows } = await orNameTaken(name ?? '', () =>
        (was === undefined ? update : update.where('changed', '=', was)).executeTakeFirstOrThrow(),
      )
      return numUpdatedRows > 0n
    },

    async delete(account, id) {
      const { numDeletedRows } = await db
        .deleteFrom('view')
        .where('account', '=', account)
        .where('id', '=', askedId(id))
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

type ViewRow = Omit<Tables['view'], 'id' | 'account'> & { readonly id: ViewId }
type StoredPanel = ViewPanel<NewViewField>

/** The stored form, with nothing in it but what belongs there. */
function encodePanels(panels: readonly StoredPanel[]): string {
  const stored: readonly StoredPanel[] = panels.map(({ columns, rows, fields }) => ({
    columns,
    rows,
    fields: fields.map(({ id, sensor, field }) => ({ id, sensor, field })),
  }))
  return JSON.stringify(stored)
}

/** Puts today's names in the place of the stored ones. */
async function withNames(
  db: SqlDatabase,
  account: AccountId,
  rows: readonly ViewRow[],
): Promise<readonly View[]> {
  const views = rows.map((row) => ({ ...row, panels: JSON.parse(row.panels) as readonly StoredPanel[] }))
  const ids = views.flatMap(({ panels }) => panels.flatMap(({ fields }) => fields.map(({ id }) => id)))
  const names = await namesOf(db, account, [...new Set(ids)])
  return views.map(({ panels, ...view }) => ({
    ...view,
    panels: panels.map(({ fields, ...panel }) => ({
      ...panel,
      fields: fields.map((stored) => {
        const today = names.get(stored.id)
        return today === undefined
          ? { ...stored, isDeleted: true }
          : { id: stored.id, ...today, isDeleted: false }
      }),
    })),
  }))
}

/** Those of the account's living sensors; others are absent. */
async function namesOf(
  db: SqlDatabase,
  account: AccountId,
  ids: readonly FieldId[],
): Promise<ReadonlyMap<FieldId, { readonly sensor: string; readonly field: string }>> {
  const names = new Map<FieldId, { readonly sensor: string; readonly field: string }>()
  for (let start = 0; start < ids.length; start += FIELDS_PER_STATEMENT) {
    const rows = await db
      .selectFrom('field')
      .innerJoin('sensor', 'sensor.id', 'field.sensor')
      .where('field.id', 'in', ids.slice(start, start + FIELDS_PER_STATEMENT))
      .where('field.deleted', '=', 0)
      .where('sensor.deleted', '=', 0)
      .where('sensor.owner', '=', account)
      .select(['field.id', 'sensor.name as sensor', 'field.name as field'])
      .execute()
    for (const { id, sensor, field } of rows) names.set(id, { sensor, field })
  }
  return names
}

async function orNameTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    throw new SenioError('name-taken', `You have a view "${name}" already.`, { field: 'name', cause: error })
  }
}
