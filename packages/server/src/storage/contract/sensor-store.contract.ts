import { describe, expect, test } from 'vitest'
import type { AccountId } from '../account-store.ts'
import type { FieldId, SensorId } from '../sensor-store.ts'
import type { Database } from '../storage.ts'
import {
  codeOf,
  newAccount,
  newSensor,
  type OpenDatabase,
  present,
  time,
  useDatabase,
} from './database-under-test.ts'

const NO_SENSOR = 1_000_000 as SensorId
const NO_FIELD = 1_000_000 as FieldId

/** What `SensorStore` promises. */
export function sensorStoreContract(open: OpenDatabase): void {
  const database = useDatabase(open)
  let keys = 0

  const create = (db: Database, owner: AccountId, name: string, ...fields: readonly string[]) =>
    db.sensors.create({
      owner,
      name,
      created: time(0),
      keyHash: `sensor key ${++keys}`,
      fields: fields.map((field) => ({ name: field, type: 'scalar', unit: 'celsius' })),
    })

  const fieldNames = async (db: Database, id: SensorId) =>
    present(await db.sensors.findById(id)).fields.map(({ name }) => name)

  describe('sensors', () => {
    test('are found by owner and name, by name, by id, with their fields in order', async () => {
      const { db } = database()
      const [one, other] = [await newAccount(db), await newAccount(db)]
      const mine = await create(db, one.id, 'Gewächshaus', 'temp', 'a', 'humidity')
      const theirs = await create(db, other.id, 'Gewächshaus')
      expect(mine).toMatchObject({ owner: one.id, name: 'Gewächshaus', created: time(0) })
      expect(mine.fields.map(({ name }) => name)).toStrictEqual(['temp', 'a', 'humidity'])
      expect(await db.sensors.find(one.id, 'Gewächshaus')).toStrictEqual(mine)
      expect(await db.sensors.find(other.id, 'Gewächshaus')).toStrictEqual(theirs)
      expect(await db.sensors.findByName('Gewächshaus')).toStrictEqual([mine, theirs])
      expect(await db.sensors.findById(mine.id)).toStrictEqual(mine)
      expect(await db.sensors.find(one.id, 'gewächshaus')).toBeNull()
      expect(await db.sensors.findByName('nothing')).toStrictEqual([])
      expect(await db.sensors.findById(NO_SENSOR)).toBeNull()
    })

    test('are known to exist until they are deleted, by many ids at once', async () => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      const [kept, gone] = [await create(db, owner, 'kept'), await create(db, owner, 'gone')]
      const none = Array.from({ length: 2500 }, (_, n) => (NO_SENSOR + n) as SensorId)
      expect(await db.sensors.existing([gone.id, ...none, kept.id])).toStrictEqual(
        new Set([kept.id, gone.id]),
      )
      await db.sensors.delete(gone.id)
      expect(await db.sensors.existing([gone.id, ...none, kept.id])).toStrictEqual(new Set([kept.id]))
      expect(await db.sensors.existing([])).toStrictEqual(new Set())
    })

    test('come with their first key, all or nothing', async () => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      const sensor = { owner, name: 's', created: time(0), fields: [], keyHash: `first key ${owner}` }
      const created = await db.sensors.create(sensor)
      expect((await db.deviceKeys.find(sensor.keyHash))?.sensor).toStrictEqual(created)
      const twice = (['x', 'x'] as const).map((name) => ({ name, type: 'scalar' as const, unit: '' }))
      const broken = { ...sensor, name: 'broken', fields: twice, keyHash: `broken ${owner}` }
      expect(await codeOf(db.sensors.create(broken))).toBe('name-taken')
      expect(await db.sensors.find(owner, 'broken')).toBeNull()
      expect(await db.deviceKeys.find(broken.keyHash)).toBeNull()
    })

    test('have names that are unique for their owner, and free again when deleted', async () => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      const first = await create(db, owner, 'rpi', 'temp')
      expect(await codeOf(create(db, owner, 'rpi'))).toBe('name-taken')
      expect(await db.sensors.delete(first.id)).toBe(true)
      expect(await db.sensors.delete(first.id)).toBe(false)
      expect(await db.sensors.find(owner, 'rpi')).toBeNull()
      const second = await create(db, owner, 'rpi', 'temp')
      expect(second.id).not.toBe(first.id)
      expect(await db.sensors.list(owner, { after: null, limit: 9 })).toStrictEqual([second])
      expect(await db.sensors.count(owner)).toBe(1)
    })

    test('are listed by code point, in pages, whole', async () => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      const names = ['b', 'a', 'B', 'ä', '字', '𝔸', 'z', '_', '10', '9']
      for (const name of names) await create(db, owner, name, 'one', 'two')
      const expected = ['10', '9', 'B', '_', 'a', 'b', 'z', 'ä', '字', '𝔸']
      const listed = async (after: string | null, limit: number) =>
        (await db.sensors.list(owner, { after, limit })).map(({ name }) => name)
      expect(await listed(null, 99)).toStrictEqual(expected)
      expect(await db.sensors.count(owner)).toBe(expected.length)
      expect(await listed(null, 4)).toStrictEqual(expected.slice(0, 4))
      expect(await listed('_', 4)).toStrictEqual(expected.slice(4, 8))
      const [first] = await db.sensors.list(owner, { after: null, limit: 1 })
      expect(first?.fields.map(({ name }) => name)).toStrictEqual(['one', 'two'])
    })

    test.each([
      ['gewÄCHS', ['Gewächshaus']],
      ['STRASSE', ['Straße 1']],
      ['straße', ['Straße 1']],
      ['οδοσ', ['ΟΔΟΣ']],
      ['_', ['a_b']],
      ['%', []],
      ['\\', []],
      ['я', ['Хозяйка']],
      ['ХОЗ', ['Хозяйка']],
    ])('are searched for "%s" whatever the case', async (search, expected) => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      for (const name of ['Gewächshaus', 'Straße 1', 'ΟΔΟΣ', 'a_b', 'axb', 'Хозяйка'])
        await create(db, owner, name)
      const found = await db.sensors.list(owner, { search, after: null, limit: 9 })
      expect(found.map(({ name }) => name)).toStrictEqual(expected)
    })

    test('are renamed', async () => {
      const { db } = database()
      const { id: owner } = await newAccount(db)
      const sensor = await create(db, owner, 'old')
      await create(db, owner, 'taken')
      await db.sensors.rename(sensor.id, 'Neu')
      await db.sensors.rename(sensor.id, 'Neu')
      expect((await db.sensors.list(owner, { search: 'NEU', after: null, limit: 9 })).length).toBe(1)
      expect(await codeOf(db.sensors.rename(sensor.id, 'taken'))).toBe('name-taken')
      expect(await codeOf(db.sensors.rename(NO_SENSOR, 'x'))).toBe('not-found')
    })

    test('stay after opening again', async () => {
      const { sensor } = await newSensor(database().db, 'scalar', 'image')
      await database().reopen()
      expect(await database().db.sensors.findById(sensor.id)).toStrictEqual(sensor)
    })
  })

  describe('fields', () => {
    test('are added at the end, with names unique in their sensor', async () => {
      const { db } = database()
      const { id } = await create(db, (await newAccount(db)).id, 's', 'b')
      const added = await db.sensors.addField(id, { name: 'a', type: 'image', unit: '' })
      expect(added).toStrictEqual({ id: added.id, name: 'a', type: 'image', unit: '' })
      expect(await fieldNames(db, id)).toStrictEqual(['b', 'a'])
      const again = { name: 'a', type: 'scalar', unit: '' } as const
      expect(await codeOf(db.sensors.addField(id, again))).toBe('name-taken')
      expect(await codeOf(db.sensors.addField(NO_SENSOR, again))).toBe('not-found')
    })

    test('are reordered, also with new ones added later', async () => {
      const { db } = database()
      const sensor = await create(db, (await newAccount(db)).id, 's', 'a', 'b', 'c')
      const ids = sensor.fields.map(({ id }) => id)
      await db.sensors.reorder(sensor.id, ids.toReversed())
      await db.sensors.addField(sensor.id, { name: 'd', type: 'scalar', unit: '' })
      expect(await fieldNames(db, sensor.id)).toStrictEqual(['c', 'b', 'a', 'd'])
      expect(await codeOf(db.sensors.reorder(NO_SENSOR, []))).toBe('not-found')
    })

    test('are changed', async () => {
      const { db } = database()
      const sensor = await create(db, (await newAccount(db)).id, 's', 'a', 'b')
      const field = present(sensor.fields[0])
      await db.sensors.updateField(field.id, { name: 'x' })
      await db.sensors.updateField(field.id, { unit: 'kelvin' })
      await db.sensors.updateField(field.id, {})
      const changed = present(await db.sensors.findById(sensor.id)).fields[0]
      expect(changed).toStrictEqual({ ...field, name: 'x', unit: 'kelvin' })
      expect(await codeOf(db.sensors.updateField(field.id, { name: 'b' }))).toBe('name-taken')
      expect(await codeOf(db.sensors.updateField(NO_FIELD, { unit: '' }))).toBe('not-found')
    })

    test('are deleted once, and the name is free again', async () => {
      const { db } = database()
      const sensor = await create(db, (await newAccount(db)).id, 's', 'a', 'b')
      const field = present(sensor.fields[0]).id
      expect(await db.sensors.deleteField(field)).toBe(true)
      expect(await db.sensors.deleteField(field)).toBe(false)
      expect(await fieldNames(db, sensor.id)).toStrictEqual(['b'])
      expect(await codeOf(db.sensors.updateField(field, { unit: '' }))).toBe('not-found')
      const again = await db.sensors.addField(sensor.id, { name: 'a', type: 'scalar', unit: '' })
      expect(again.id).not.toBe(field)
    })

    test('of a deleted sensor are gone with it', async () => {
      const { db } = database()
      const sensor = await create(db, (await newAccount(db)).id, 's', 'a')
      const field = present(sensor.fields[0]).id
      await db.sensors.delete(sensor.id)
      expect(await db.sensors.deleteField(field)).toBe(false)
      expect(await codeOf(db.sensors.updateField(field, { unit: 'x' }))).toBe('not-found')
      expect(await codeOf(db.sensors.rename(sensor.id, 'x'))).toBe('not-found')
    })
  })

  describe('the version of the registry', () => {
    test('grows with every change of sensors, fields, keys, tokens and accounts, by any process, not with their use', async () => {
      const { db, openAnother } = database()
      const other = await openAnother()
      const sensor = await create(db, (await newAccount(db)).id, 's', 'a', 'b')
      const ids = sensor.fields.map(({ id }) => id)
      const [field] = ids.map(present)
      const grows = async (change: () => Promise<unknown>) => {
        const before = await db.registryVersion()
        await change()
        return (await db.registryVersion()) > before
      }
      const growsSoon = async (change: () => Promise<unknown>) => {
        const before = await db.registryVersion()
        await change()
        await expect.poll(() => db.registryVersion(), { timeout: 1000 }).toBeGreaterThan(before)
      }
      const key = await db.deviceKeys.create({
        sensor: sensor.id,
        keyHash: 'v1',
        label: '',
        created: time(0),
      })
      const makeKey = () =>
        db.deviceKeys.create({ sensor: sensor.id, keyHash: 'v2', label: '', created: time(0) })
      expect(await grows(makeKey)).toBe(true)
      await growsSoon(() => other.sensors.rename(sensor.id, 't'))
      expect(await grows(() => db.sensors.addField(sensor.id, { name: 'c', type: 'scalar', unit: '' }))).toBe(
        true,
      )
      await growsSoon(() => other.sensors.updateField(present(field), { unit: 'K' }))
      expect(await grows(() => db.sensors.reorder(sensor.id, ids.toReversed()))).toBe(true)
      expect(await grows(() => db.sensors.deleteField(present(field)))).toBe(true)
      expect(await grows(() => db.deviceKeys.touch(new Map([[key.id, time(5)]])))).toBe(false)
      const token = await db.apiTokens.create({
        account: sensor.owner,
        tokenHash: 'v3',
        label: '',
        created: time(0),
      })
      expect(await grows(() => db.apiTokens.touch(token.id, time(5)))).toBe(false)
      expect(await grows(() => db.apiTokens.delete(sensor.owner, token.id))).toBe(true)
      expect(await grows(() => db.deviceKeys.revoke(sensor.id, key.id))).toBe(true)
      expect(await grows(() => db.accounts.delete(sensor.owner))).toBe(true)
      expect(await grows(() => db.sensors.delete(sensor.id))).toBe(false)
    })
  })

  describe('device keys', () => {
    test('open their sensor until revoked', async () => {
      const { db } = database()
      const [one, other] = [await newSensor(db, 'scalar', 'image'), await newSensor(db)]
      const keyHash = `extra ${one.id}`
      const key = await db.deviceKeys.create({ sensor: one.id, keyHash, label: 'roof', created: time(1) })
      expect(key).toStrictEqual({ id: key.id, label: 'roof', created: time(1), lastUsed: null })
      expect(await db.deviceKeys.find(keyHash)).toStrictEqual({ id: key.id, sensor: one.sensor })
      expect(await db.deviceKeys.revoke(other.id, key.id)).toBe(false)
      expect(await db.deviceKeys.revoke(one.id, key.id)).toBe(true)
      expect(await db.deviceKeys.revoke(one.id, key.id)).toBe(false)
      expect(await db.deviceKeys.find(keyHash)).toBeNull()
    })

    test('open a sensor without fields', async () => {
      const { db } = database()
      const sensor = await create(db, (await newAccount(db)).id, 'bare')
      expect((await db.deviceKeys.find(`sensor key ${keys}`))?.sensor).toStrictEqual(sensor)
    })

    test('are listed in pages, with their last use', async () => {
      const { db } = database()
      const { id: sensor } = await newSensor(db)
      const make = (label: string) =>
        db.deviceKeys.create({ sensor, keyHash: `${label} ${sensor}`, label, created: time(0) })
      const [a, b] = [await make('a'), await make('b')]
      await db.deviceKeys.touch(
        new Map([
          [a.id, time(3)],
          [b.id, time(4)],
          [1_000_000, time(5)],
        ]),
      )
      await db.deviceKeys.touch(new Map())
      const [first, ...rest] = await db.deviceKeys.list(sensor, null, 9)
      expect(rest).toStrictEqual([
        { ...a, lastUsed: time(3) },
        { ...b, lastUsed: time(4) },
      ])
      expect(await db.deviceKeys.list(sensor, present(first).id, 1)).toStrictEqual([
        { ...a, lastUsed: time(3) },
      ])
    })

    test('of a deleted sensor open nothing', async () => {
      const { db } = database()
      const { sensor, id } = await newSensor(db)
      const email = present(await db.accounts.find(sensor.owner)).email
      await db.sensors.delete(id)
      expect(await db.deviceKeys.find(`key of ${email}`)).toBeNull()
      expect(await db.deviceKeys.list(id, null, 9)).toStrictEqual([])
    })
  })
}
