import type { MeasurementStore } from '../measurement-store.ts'
import type { FieldId } from '../sensor-store.ts'
import type { Connections } from './connections.ts'
import type { FieldOwners } from './field-owners.ts'
import { readPage } from './reader/page.ts'
import { readEvenlySpaced, readExtent, readHasValue, readValuesAt } from './reader/seeks.ts'
import { readSeries } from './reader/series.ts'
import { readTags } from './reader/tags.ts'
import type { PostgresSession } from './session.ts'
import type { AppendQueue } from './writer/append-queue.ts'
import { deleteRangeStep } from './writer/delete-values.ts'
import { purgeDeleted } from './writer/purge.ts'

export interface MeasurementStoreParts {
  /** Where everything is written, and what must be seen at once is read. */
  readonly primary: Connections
  /** Where graphs, pages and lists are read from: the primary, or a standby that is as far. */
  readonly queries: Pick<Connections, 'snapshot'>
  readonly owners: FieldOwners
  readonly queue: AppendQueue
}

/** Measurements in PostgreSQL: see docs/formats/postgres.md. */
export function postgresMeasurementStore({
  primary,
  queries,
  owners,
  queue,
}: MeasurementStoreParts): MeasurementStore {
  const query = <T>(work: (session: PostgresSession) => Promise<T>): Promise<T> => queries.snapshot(work)
  const sensorOf = async (session: PostgresSession, field: FieldId): Promise<number> =>
    (await owners.of(session, [field])).sensors[0] ?? 0

  return {
    append: async (measurements, images) => queue.append({ measurements: [...measurements], images }),

    series: (asked) =>
      query(async (session) =>
        readSeries(session, { ...asked, sensor: await sensorOf(session, asked.field) }),
      ),

    valuesAt: (fields, at) =>
      primary.use(async (session) => readValuesAt(session, await owners.of(session, fields), at)),

    page: (asked) => query((session) => readPage(session, asked)),

    evenlySpaced: (asked) =>
      query(async (session) => readEvenlySpaced(session, await sensorOf(session, asked.field), asked)),

    tags: (asked) => query((session) => readTags(session, asked)),

    extent: (fields) => primary.use(async (session) => readExtent(session, await owners.of(session, fields))),

    hasValue: (fields, value) =>
      primary.use(async (session) => readHasValue(session, await owners.of(session, fields), value)),

    async deleteRange(asked) {
      let deleted = 0
      for (;;) {
        const step = await deleteRangeStep(primary, asked)
        if (step === 0) return deleted
        deleted += step
      }
    },

    purgeDeleted: () => purgeDeleted(primary),
  }
}
