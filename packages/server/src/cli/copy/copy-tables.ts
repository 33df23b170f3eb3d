import { createHash } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import {
  type CopiedKey,
  type CopiedRow,
  type CopiedTable,
  copiedTables,
  type CopyStore,
} from '../../storage/copy-store.ts'

/** Rows that are read and written at once. */
const PAGE = 500

/** Every row of a table, in pages ordered by key. */
export async function* rowsOf(copies: CopyStore, table: CopiedTable): AsyncGenerator<readonly CopiedRow[]> {
  for (let after: CopiedKey | null = null; ;) {
    const page: readonly CopiedRow[] = await copies.rows(table, after, PAGE)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last[copies.keyOf(table)] ?? null
  }
}

/** Copies accounts, sensors, keys and the like, with their ids. What a copy before this one has left is made equal. */
export async function copyTables(from: CopyStore, to: CopyStore, signal: AbortSignal): Promise<void> {
  for (const table of copiedTables) {
    for await (const page of rowsOf(from, table)) {
      signal.throwIfAborted()
      await to.put(table, page)
    }
  }
  // Ids aren't given again: a view may still name a field that was deleted.
  await to.raiseLastIds(await from.lastIds())
}

/**
 * Compares every row of both.
 * @returns rows by table
 * @throws SenioError `storage-failing` when they aren't the same
 */
export async function compareTables(
  from: CopyStore,
  to: CopyStore,
): Promise<Readonly<Record<CopiedTable, number>>> {
  const counts = await Promise.all(
    copiedTables.map(async (table) => {
      const [there, here] = await Promise.all([digestOf(from, table), digestOf(to, table)])
      if (there.digest === here.digest) return [table, there.count] as const
      throw new SenioError(
        'storage-failing',
        `The table "${table}" has changed in the source during the copy. Stop the source's servers, and copy into an empty target.`,
      )
    }),
  )
  return Object.fromEntries(counts) as Record<CopiedTable, number>
}

async function digestOf(
  copies: CopyStore,
  table: CopiedTable,
): Promise<{ readonly count: number; readonly digest: string }> {
  const hash = createHash('sha256')
  let count = 0
  for await (const page of rowsOf(copies, table)) {
    for (const row of page) hash.update(`${canonical(row)}\n`)
    count += page.length
  }
  return { count, digest: hash.digest('hex') }
}

/** The same text for the same facts, in whatever order they come. */
export function canonical(facts: object): string {
  return JSON.stringify(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
