import { describe, expect, test } from 'vitest'
import type { AccountId } from '../account-store.ts'
import type { NoteId } from '../note-store.ts'
import type { ViewId } from '../view-store.ts'
import { newAccount, newSensor, type OpenDatabase, time, useDatabase } from './database-under-test.ts'

/** Of what nobody can have: beyond 32 and 53 bits, none at all, less than none. */
const NO_IDS = [2 ** 31, 99_999_999_999, -1, 0, 2 ** 53 - 1, -99_999_999_999]

/** What the stores of ordinary tables promise for ids that come from outside, whatever they are. */
export function askedIdsContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('ids that no row can have', () => {
    test.each(NO_IDS)('%d: there is nothing to find, change or delete', async (id) => {
      const { accounts, apiTokens, deviceKeys, notes, views } = database().db
      const owner = await newAccount(database().db)
      const { id: sensor } = await newSensor(database().db)
      expect(await accounts.find(id as AccountId)).toBeNull()
      expect(await accounts.delete(id as AccountId)).toBe(false)
      expect(await apiTokens.delete(owner.id, id)).toBe(false)
      expect(await deviceKeys.revoke(sensor, id)).toBe(false)
      const note = { from: time(0), to: null, text: 'a', changed: time(0) }
      expect(await notes.find(sensor, id as NoteId)).toBeNull()
      expect(await notes.update(sensor, id as NoteId, note)).toBe(false)
      expect(await notes.delete(sensor, id as NoteId)).toBe(false)
      expect(await views.find(owner.id, id as ViewId)).toBeNull()
      expect(await views.update(owner.id, id as ViewId, { panels: [], changed: time(0) })).toBe(false)
      expect(await views.delete(owner.id, id as ViewId)).toBe(false)
    })

    test.each(NO_IDS)('%d: lists go on after it as after any other', async (after) => {
      const { accounts, apiTokens, deviceKeys, notes } = database().db
      const { id: sensor, sensor: made } = await newSensor(database().db)
      const { owner } = made
      const rest = after > 0 ? 0 : 1
      await apiTokens.create({ account: owner, tokenHash: `after ${after}`, label: '', created: time(0) })
      await notes.create({ sensor, from: time(0), to: null, text: 'a', created: time(0) })
      const from = { from: time(0), id: after as NoteId }
      expect(await accounts.list(after as AccountId, 1)).toHaveLength(rest)
      expect(await apiTokens.list(owner, after, 9)).toHaveLength(rest)
      expect(await deviceKeys.list(sensor, after, 9)).toHaveLength(rest)
      expect(await notes.list(sensor, { from: null, to: null, after: from, limit: 9 })).toHaveLength(rest)
    })
  })
}
