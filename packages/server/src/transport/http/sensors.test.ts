import { describe, expect, it } from 'vitest'
import { NOON } from '../../domain/testing/people.ts'
import { anna, peopleApp, populatedApp } from './testing/people-app.ts'

async function asAnna() {
  const people = await populatedApp()
  const script = await people.asScript(anna.email)
  const { ask } = people
  return {
    ...people,
    get: (path: string) => ask('GET', path, undefined, script),
    post: (path: string, body: unknown) => ask('POST', path, body, script),
    patch: (path: string, body: unknown) => ask('PATCH', path, body, script),
    remove: (path: string) => ask('DELETE', path, undefined, script),
  }
}

describe('sensors', () => {
  it('are created with a key that is shown once', async () => {
    const { post, get, deviceKeys } = await asAnna()
    const fields = { door: { type: 'boolean' }, temp: { type: 'scalar', unit: 'celsius' } }
    const created = await post('/sensors', { name: 'Käfig 1', fields })
    expect(created).toMatchObject({
      status: 201,
      json: {
        name: 'Käfig 1',
        fields: { door: { unit: '', type: 'boolean' }, temp: { unit: 'celsius', type: 'scalar' } },
        created: NOON,
        publishUrl: 'http://localhost:80/publish/K%C3%A4fig%201',
      },
    })
    const { key, ...sensor } = created.json as { key: string; fields: object }
    expect(Object.keys(sensor.fields)).toEqual(['door', 'temp'])
    expect(await deviceKeys.open(key)).not.toBeNull()
    expect((await get('/sensors/K%C3%A4fig%201')).json).toEqual({ ...sensor, first: null, last: null })
    expect((await get('/sensors/Ka%CC%88fig%201')).status).toBe(200)
  })

  it('take their fields as a list, too', async () => {
    const { post } = await asAnna()
    const fields = [
      { name: 'b', type: 'scalar', unit: 'V' },
      { name: 'a', type: 'location' },
    ]
    const { json } = await post('/sensors', { name: 'list', fields })
    expect(Object.keys((json as { fields: object }).fields)).toEqual(['b', 'a'])
  })

  it.each([
    [{ name: 'rpi' }, 409, 'name-taken'],
    [{ name: '<img onerror=alert(1)>' }, 422, 'parameter-invalid'],
    [{ name: '../x' }, 422, 'parameter-invalid'],
    [{ name: '' }, 422, 'parameter-invalid'],
    [{ name: 7 }, 422, 'parameter-invalid'],
    [{}, 422, 'parameter-invalid'],
    [[], 422, 'parameter-invalid'],
    [null, 422, 'parameter-invalid'],
    [{ name: 'x', fields: [{ name: 'a', type: 'video' }] }, 422, 'parameter-invalid'],
    [{ name: 'x', fields: [{ name: 'a', type: 'scalar', id: 1 }] }, 422, 'parameter-invalid'],
  ])('refuse %j', async (body, status, code) => {
    const { post } = await asAnna()
    expect(await post('/sensors', body)).toMatchObject({ status, json: { code } })
  })

  it('are listed with their newest values', async () => {
    const { get, values, sensor } = await asAnna()
    const [temp] = sensor.fields
    if (temp === undefined) throw new Error('two fields')
    values.set(temp.id, [{ timestamp: NOON, value: 21.5 }])
    expect((await get('/sensors?search=RP&limit=1')).json).toMatchObject({
      sensors: [{ name: 'rpi', latest: { temp: { timestamp: NOON, value: 21.5 } } }],
      next: null,
    })
    expect((await get('/sensors/rpi')).json).toMatchObject({ first: NOON, last: NOON })
  })

  it('are renamed, reordered and deleted', async () => {
    const { get, patch, remove } = await asAnna()
    const changed = await patch('/sensors/rpi', { name: 'shed', order: ['cam1', 'temp'] })
    expect(changed).toMatchObject({ status: 200, json: { name: 'shed' } })
    expect(Object.keys((changed.json as { fields: object }).fields)).toEqual(['cam1', 'temp'])
    expect(await remove('/sensors/shed')).toMatchObject({ status: 204, json: null })
    expect(await get('/sensors/shed')).toMatchObject({ status: 404 })
  })

  it('gain, change and lose fields', async () => {
    const { post, patch, remove, get } = await asAnna()
    expect(await post('/sensors/rpi/fields', { name: 'door', type: 'boolean' })).toMatchObject({
      status: 201,
      json: { fields: { door: { type: 'boolean', unit: '' } } },
    })
    expect(await post('/sensors/rpi/fields', { name: 'door', type: 'boolean' })).toMatchObject({
      status: 409,
    })
    expect(await patch('/sensors/rpi/fields/temp', { name: 'air temp', unit: 'K' })).toMatchObject({
      status: 200,
    })
    expect(await patch('/sensors/rpi/fields/air%20temp', { type: 'image' })).toMatchObject({ status: 422 })
    expect(await remove('/sensors/rpi/fields/cam1')).toMatchObject({ status: 204 })
    expect((await get('/sensors/rpi')).json).toMatchObject({
      fields: { 'air temp': { type: 'scalar', unit: 'K' }, door: { type: 'boolean', unit: '' } },
    })
  })

  it('rotate their device keys', async () => {
    const { post, get, remove, deviceKeys, key, keyId } = await asAnna()
    const created = await post('/sensors/rpi/keys', { label: 'second' })
    const second = created.json as { id: number; key: string }
    expect(created).toMatchObject({ status: 201, json: { label: 'second', lastUsed: null } })
    expect((await get('/sensors/rpi/keys')).json).toMatchObject({
      keys: [{ id: keyId }, { id: second.id, label: 'second' }],
      next: null,
    })
    expect(await deviceKeys.open(key)).not.toBeNull()
    expect(await remove(`/sensors/rpi/keys/${keyId}`)).toMatchObject({ status: 204 })
    expect(await deviceKeys.open(key)).toBeNull()
    expect(await deviceKeys.open(second.key)).not.toBeNull()
    expect(await remove(`/sensors/rpi/keys/${keyId}`)).toMatchObject({ status: 404 })
  })

  it('say where to publish under the configured address', async () => {
    const { ask, accounts, asScript } = await peopleApp({ publicUrl: 'https://senio.example/app' })
    await accounts.create(anna)
    const { json } = await ask('POST', '/sensors', { name: 'rpi' }, await asScript(anna.email))
    expect(json).toMatchObject({ publishUrl: 'https://senio.example/app/publish/rpi' })
  })
})
