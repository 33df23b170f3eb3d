import { describe, expect, test } from 'vitest'
import type { NewViewField, ViewId, ViewPanel } from '../view-store.ts'
import {
  codeOf,
  newAccount,
  newSensor,
  type OpenDatabase,
  present,
  time,
  type TestSensor,
  useDatabase,
} from './database-under-test.ts'

const NO_VIEW = 1_000_000 as ViewId

function refTo({ sensor, fields }: TestSensor, index = 0): NewViewField {
  return { id: present(fields[index]), sensor: sensor.name, field: `field${index}` }
}

function panel(...fields: readonly NewViewField[]): ViewPanel<NewViewField> {
  return { columns: 6, rows: 4, fields }
}

/** What `ViewStore` promises. */
export function viewStoreContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('views', () => {
    test('keep their panels in order, with the fields in theirs', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'image')
      const account = sensor.sensor.owner
      const panels = [
        panel(refTo(sensor, 1), refTo(sensor, 0)),
        { columns: 12, rows: 1, fields: [] },
        panel(refTo(sensor)),
      ]
      const view = await db.views.create({ account, name: 'Übersicht', panels, created: time(5) })
      expect(view).toMatchObject({ name: 'Übersicht', panels, created: time(5), changed: time(5) })
      expect(view.panels[0]?.fields.map(({ isDeleted }) => isDeleted)).toStrictEqual([false, false])
      expect(await db.views.find(account, view.id)).toStrictEqual(view)
      await database().reopen()
      expect(await database().db.views.find(account, view.id)).toStrictEqual(view)
    })

    test('follow renamed sensors and fields, and keep the names of deleted ones', async () => {
      const { db } = database()
      const [first, second] = [await newSensor(db, 'scalar', 'scalar'), await newSensor(db)]
      const account = first.sensor.owner
      const foreign = refTo(second)
      const panels = [panel(refTo(first, 0), refTo(first, 1), foreign)]
      const { id } = await db.views.create({ account, name: 'v', panels, created: time(0) })
      await db.sensors.rename(first.id, 'greenhouse')
      await db.sensors.updateField(first.field, { name: 'temp' })
      await db.sensors.deleteField(present(first.fields[1]))
      const shown = async () => (await db.views.find(account, id))?.panels[0]?.fields
      const expected = [
        { id: first.field, sensor: 'greenhouse', field: 'temp', isDeleted: false },
        { ...refTo(first, 1), isDeleted: true },
        // Another account's field is as good as none.
        { ...foreign, isDeleted: true },
      ]
      expect(await shown()).toStrictEqual(expected)
      await db.measurements.purgeDeleted()
      expect(await shown()).toStrictEqual(expected)
      await db.sensors.delete(first.id)
      expect((await shown())?.[0]).toStrictEqual({ ...refTo(first), isDeleted: true })
    })

    test('belong to their account', async () => {
      const { db } = database()
      const [mine, theirs] = [(await newAccount(db)).id, (await newAccount(db)).id]
      const { id } = await db.views.create({ account: mine, name: 'v', panels: [], created: time(0) })
      await db.views.create({ account: theirs, name: 'v', panels: [], created: time(0) })
      expect(await db.views.find(theirs, id)).toBeNull()
      expect(await db.views.update(theirs, id, { name: 'x', changed: time(1) })).toBe(false)
      expect(await db.views.delete(theirs, id)).toBe(false)
      expect(await db.views.find(mine, id)).toMatchObject({ name: 'v', changed: time(0) })
      expect(await db.views.list(theirs, null, 9)).toHaveLength(1)
    })

    test('have names that are unique for their account', async () => {
      const { db } = database()
      const { id: account } = await newAccount(db)
      const create = (name: string) => db.views.create({ account, name, panels: [], created: time(0) })
      const first = await create('a')
      const second = await create('b')
      expect(await codeOf(create('a'))).toBe('name-taken')
      expect(await codeOf(db.views.update(account, second.id, { name: 'a', changed: time(1) }))).toBe(
        'name-taken',
      )
      expect([...(await db.views.names(account))].toSorted()).toStrictEqual(['a', 'b'])
      expect(await db.views.delete(account, first.id)).toBe(true)
      expect(await db.views.delete(account, first.id)).toBe(false)
      expect((await create('a')).id).toBeGreaterThan(second.id)
    })

    test('are listed by code point, in pages', async () => {
      const { db } = database()
      const { id: account } = await newAccount(db)
      for (const name of ['b', 'ä', 'A', 'a'])
        await db.views.create({ account, name, panels: [], created: time(0) })
      const names = async (after: string | null, limit: number) =>
        (await db.views.list(account, after, limit)).map(({ name }) => name)
      expect(await names(null, 9)).toStrictEqual(['A', 'a', 'b', 'ä'])
      expect(await names(null, 2)).toStrictEqual(['A', 'a'])
      expect(await names('a', 2)).toStrictEqual(['b', 'ä'])
    })

    test('change in what is given, and leave the rest', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const account = sensor.sensor.owner
      const { id } = await db.views.create({
        account,
        name: 'v',
        panels: [panel(refTo(sensor))],
        created: time(0),
      })
      expect(await db.views.update(account, id, { name: 'w', changed: time(1) })).toBe(true)
      expect(await db.views.find(account, id)).toMatchObject({
        name: 'w',
        panels: [panel(refTo(sensor))],
        created: time(0),
        changed: time(1),
      })
      expect(await db.views.update(account, id, { panels: [], changed: time(2) })).toBe(true)
      expect(await db.views.find(account, id)).toMatchObject({ name: 'w', panels: [], changed: time(2) })
      expect(await db.views.update(account, NO_VIEW, { panels: [], changed: time(2) })).toBe(false)
      const late = { name: 'late', changed: time(3), was: time(1) }
      expect(await db.views.update(account, id, late)).toBe(false)
      expect(await db.views.update(account, id, { ...late, name: 'in time', was: time(2) })).toBe(true)
      expect(await db.views.find(account, id)).toMatchObject({ name: 'in time', changed: time(3) })
    })

    test('go with their account', async () => {
      const { db } = database()
      const { id: account } = await newAccount(db)
      const { id } = await db.views.create({ account, name: 'v', panels: [], created: time(0) })
      await db.accounts.delete(account)
      expect(await db.views.find(account, id)).toBeNull()
    })

    test('may show more fields than fit into one statement', async () => {
      const { db } = database()
      const sensor = await newSensor(db, ...Array.from({ length: 700 }, () => 'scalar' as const))
      const account = sensor.sensor.owner
      const panels = [panel(...sensor.fields.map((_, index) => refTo(sensor, index)))]
      const view = await db.views.create({ account, name: 'v', panels, created: time(0) })
      expect(view.panels[0]?.fields.filter(({ isDeleted }) => isDeleted)).toStrictEqual([])
    })
  })
}
