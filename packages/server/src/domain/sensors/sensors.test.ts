import { DAY, HOUR, timestampMs } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/error-code.ts'
import { NOON, testPeople } from '../testing/people.ts'

const temp = { name: 'temp', type: 'scalar', unit: 'celsius' } as const
const cam = { name: 'cam1', type: 'image' } as const

async function withOwner() {
  const people = testPeople()
  const anna = await people.accounts.create({ email: 'anna@example.org', password: 'correct horse' })
  const ben = await people.accounts.create({ email: 'ben@example.org', password: 'battery staple' })
  return { ...people, anna: anna.id, ben: ben.id }
}

describe('sensors', () => {
  it('are created with their fields and a key that opens them', async () => {
    const { sensors, deviceKeys, anna } = await withOwner()
    const { sensor, key } = await sensors.create(anna, { name: 'rpi', fields: [temp, cam] })
    expect(sensor).toMatchObject({
      name: 'rpi',
      created: NOON,
      fields: [temp, { ...cam, unit: '' }],
    })
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await deviceKeys.open(key)).toMatchObject({ sensor })
  })

  it('are found by composed and decomposed names, by their owner only', async () => {
    const { sensors, anna, ben } = await withOwner()
    await sensors.create(anna, { name: 'Ka\u0308fig', fields: [] })
    expect(await sensors.get(anna, 'K\u00e4fig')).toMatchObject({ name: 'K\u00e4fig' })
    expect(await sensors.get(anna, 'Ka\u0308fig')).toMatchObject({ name: 'K\u00e4fig' })
    expect(await codeOf(sensors.get(ben, 'K\u00e4fig'))).toBe('not-found')
    expect(await codeOf(sensors.create(anna, { name: 'K\u00e4fig', fields: [] }))).toBe('name-taken')
    expect(await codeOf(sensors.create(ben, { name: 'K\u00e4fig', fields: [] }))).toBe('resolved')
  })

  it.each(['a\0', '\ud800', '../x', ''])('are not found by the impossible name %j', async (name) => {
    const { sensors, anna } = await withOwner()
    expect(await codeOf(sensors.get(anna, name))).toBe('not-found')
  })

  it.each([
    ['a bad name', { name: '<b>', fields: [] }, 'parameter-invalid'],
    ['a bad field name', { name: 'rpi', fields: [{ ...temp, name: '__proto__' }] }, 'parameter-invalid'],
    ['a bad unit', { name: 'rpi', fields: [{ ...temp, unit: '\n' + 'x'.repeat(40) }] }, 'parameter-invalid'],
    [
      'two fields of one name',
      { name: 'rpi', fields: [temp, { ...cam, name: 'temp' }] },
      'parameter-invalid',
    ],
    [
      '65 fields',
      { name: 'rpi', fields: Array.from({ length: 65 }, (_, i) => ({ ...temp, name: `f${i}` })) },
      'limit-reached',
    ],
  ])('are refused with %s', async (_, request, code) => {
    const { sensors, anna } = await withOwner()
    expect(await codeOf(sensors.create(anna, request))).toBe(code)
    expect((await sensors.list(anna, { search: null, limit: 10, cursor: null })).items).toEqual([])
  })

  it('are listed by name in pages, and found by a part of it', async () => {
    const { sensors, anna } = await withOwner()
    for (const name of ['Shed', 'greenhouse', 'House']) await sensors.create(anna, { name, fields: [] })
    const names = async (search: string | null, limit: number, cursor: string | null) => {
      const page = await sensors.list(anna, { search, limit, cursor })
      return { names: page.items.map(({ sensor }) => sensor.name), next: page.next }
    }
    const first = await names(null, 2, null)
    expect(first.names).toEqual(['House', 'Shed'])
    expect(await names(null, 2, first.next)).toEqual({ names: ['greenhouse'], next: null })
    expect(await names('HOUSE', 10, null)).toEqual({ names: ['House', 'greenhouse'], next: null })
    expect(await codeOf(names(null, 2, 'MQ'))).toBe('parameter-invalid')
  })

  it("come with each field's newest value, also from a clock that runs ahead", async () => {
    const { sensors, anna, values } = await withOwner()
    const { sensor } = await sensors.create(anna, {
      name: 'rpi',
      fields: [temp, cam, { name: 'door', type: 'boolean' }],
    })
    const [first, second, third] = sensor.fields
    if (first === undefined || second === undefined || third === undefined) throw new Error('three fields')
    const ahead = timestampMs(NOON + 23 * HOUR)
    values.set(first.id, [
      { timestamp: NOON, value: 21 },
      { timestamp: ahead, value: 22.5 },
    ])
    values.set(second.id, [{ timestamp: NOON, value: Buffer.alloc(20, 0xab) }])
    const page = await sensors.list(anna, { search: null, limit: 10, cursor: null })
    expect(page.items[0]?.latest).toEqual([
      { field: first, timestamp: ahead, value: 22.5 },
      { field: second, timestamp: NOON, value: 'ab'.repeat(20) },
    ])
  })

  it('tell when they measured first and last', async () => {
    const { sensors, anna, values } = await withOwner()
    const { sensor } = await sensors.create(anna, { name: 'rpi', fields: [temp] })
    expect(await sensors.detail(anna, 'rpi')).toEqual({ sensor, first: null, last: null })
    const [field] = sensor.fields
    if (field === undefined) throw new Error('one field')
    const earlier = timestampMs(NOON - DAY)
    values.set(
      field.id,
      [earlier, NOON].map((timestamp) => ({ timestamp, value: 1 })),
    )
    expect(await sensors.detail(anna, 'rpi')).toEqual({ sensor, first: earlier, last: NOON })
  })

  it('are renamed and reordered', async () => {
    const { sensors, anna } = await withOwner()
    await sensors.create(anna, { name: 'rpi', fields: [temp, cam] })
    const changed = await sensors.update(anna, 'rpi', { name: 'shed', order: ['cam1', 'temp'] })
    expect(changed).toMatchObject({ name: 'shed', fields: [{ name: 'cam1' }, { name: 'temp' }] })
    expect(await codeOf(sensors.get(anna, 'rpi'))).toBe('not-found')
  })

  it.each([[['temp']], [['temp', 'temp']], [['temp', 'cam1', 'temp']], [['temp', 'other']], [[]]])(
    'refuse the order %j and keep their name',
    async (order) => {
      const { sensors, anna } = await withOwner()
      await sensors.create(anna, { name: 'rpi', fields: [temp, cam] })
      await expect(sensors.update(anna, 'rpi', { name: 'shed', order })).rejects.toMatchObject({
        code: 'parameter-invalid',
        field: 'order',
      })
      expect(await sensors.get(anna, 'rpi')).toMatchObject({ name: 'rpi' })
    },
  )

  it('vanish at once when they are deleted, and are purged', async () => {
    const { sensors, deviceKeys, anna, purges } = await withOwner()
    const { key } = await sensors.create(anna, { name: 'rpi', fields: [temp] })
    await deviceKeys.open(key)
    await sensors.delete(anna, 'rpi')
    expect(await deviceKeys.open(key)).toBeNull()
    expect(await codeOf(sensors.delete(anna, 'rpi'))).toBe('not-found')
    expect(purges()).toBe(1)
  })
})

describe('fields', () => {
  it('are added at the end, renamed, given a unit and deleted', async () => {
    const { sensors, fields, anna, purges } = await withOwner()
    await sensors.create(anna, { name: 'rpi', fields: [temp] })
    expect(await fields.add(anna, 'rpi', cam)).toMatchObject({ fields: [temp, cam] })
    const changed = await fields.update(anna, 'rpi', 'temp', { name: 'air', unit: ' fahrenheit ' })
    expect(changed.fields[0]).toMatchObject({ name: 'air', type: 'scalar', unit: 'fahrenheit' })
    await fields.delete(anna, 'rpi', 'air')
    expect(await sensors.get(anna, 'rpi')).toMatchObject({ fields: [cam] })
    expect(purges()).toBe(1)
  })

  it('are refused: taken, unknown, too many, or of somebody else', async () => {
    const { sensors, fields, anna, ben } = await withOwner()
    await sensors.create(anna, { name: 'rpi', fields: [temp, cam] })
    expect(await codeOf(fields.add(anna, 'rpi', temp))).toBe('name-taken')
    expect(await codeOf(fields.update(anna, 'rpi', 'temp', { name: 'cam1' }))).toBe('name-taken')
    expect(await codeOf(fields.update(anna, 'rpi', 'none', {}))).toBe('not-found')
    expect(await codeOf(fields.delete(anna, 'rpi', 'none'))).toBe('not-found')
    expect(await codeOf(fields.delete(ben, 'rpi', 'temp'))).toBe('not-found')
    for (let i = 2; i < 64; i++) await fields.add(anna, 'rpi', { ...temp, name: `f${i}` })
    expect(await codeOf(fields.add(anna, 'rpi', { ...temp, name: 'more' }))).toBe('limit-reached')
  })
})
