import type { ViewJson, ViewListJson } from '@senio/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { TestServer } from '../../testing/test-server.ts'

let server: TestServer
let ask: AskApi
let askAsOther: AskApi
let made = 0

beforeAll(async () => {
  server = await TestServer.start()
  const [mine, theirs] = [await server.account(), await server.account('eve@example.org')]
  ask = apiClient(server, mine.token)
  askAsOther = apiClient(server, theirs.token)
  await server.sensor('rpi', ['temp:scalar:celsius', 'cam1:image'], mine.id)
  await server.sensor('river', ['level:scalar:cm'], mine.id)
})

afterAll(() => server.stop())

const temp = { sensor: 'rpi', field: 'temp' }
const cam1 = { sensor: 'rpi', field: 'cam1' }
const level = { sensor: 'river', field: 'level' }

async function newView(...fields: readonly (typeof temp)[]): Promise<ViewJson> {
  const panels = [{ columns: 6, rows: 3, fields }]
  const { json, status } = await ask<ViewJson>('POST', '/views', { name: `view ${++made}`, panels })
  expect(status).toBe(201)
  return json
}

describe('a view', () => {
  it('shows fields of several sensors in the order given, and is changed and deleted', async () => {
    const view = await newView(cam1, level)
    expect(view.panels).toEqual([
      {
        columns: 6,
        rows: 3,
        fields: [
          { ...cam1, deleted: false },
          { ...level, deleted: false },
        ],
      },
    ])
    const path = `/views/${view.id}`
    expect((await ask('GET', path)).json).toEqual(view)
    const panels = [
      { columns: 12, rows: 1, fields: [temp] },
      { columns: 1, rows: 24, fields: [] },
    ]
    server.now = (server.now + 1000) as typeof server.now
    const changed = await ask<ViewJson>('PATCH', path, { name: ' Overview & more ', panels })
    expect(changed.json).toMatchObject({ name: 'Overview & more', panels: [{ columns: 12 }, { rows: 24 }] })
    expect(changed.json.changed).toBe(view.changed + 1000)
    expect((await ask('PATCH', path, {})).json).toMatchObject({ name: 'Overview & more' })
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(404)
  })

  it('is not changed by who has read an earlier one and says so', async () => {
    const view = await newView(temp)
    const path = `/views/${view.id}`
    const { headers } = await ask('GET', path)
    const tag = String(headers['etag'])
    // At the same millisecond of the server.
    const first = await ask<ViewJson>('PATCH', path, { panels: [] }, { 'if-match': tag })
    expect(first).toMatchObject({ status: 200, json: { panels: [] } })
    const second = await ask('PATCH', path, { name: 'late' }, { 'if-match': tag })
    expect(second).toMatchObject({ status: 412, json: { code: 'changed-meanwhile' } })
    expect((await ask('GET', path)).json).toEqual(first.json)
    for (const named of [(now: string) => now, (now: string) => `"1", W/${now}`, () => '*']) {
      const now = String((await ask('GET', path)).headers['etag'])
      expect((await ask('PATCH', path, {}, { 'if-match': named(now) })).status).toBe(200)
    }
    const now = String((await ask('GET', path)).headers['etag'])
    const both = await Promise.all(
      [0, 1].map((index) => ask('PATCH', path, { panels: view.panels.slice(index) }, { 'if-match': now })),
    )
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412])
    expect((await ask('PATCH', '/views/999999', {}, { 'if-match': '*' })).status).toBe(404)
  })

  it('follows renamed fields, and keeps a gap where one was deleted', async () => {
    await ask('POST', '/sensors', {
      name: 'shed',
      fields: [
        { name: 'a', type: 'scalar' },
        { name: 'b', type: 'scalar' },
      ],
    })
    const [a, b] = ['a', 'b'].map((field) => ({ sensor: 'shed', field }))
    const { id } = await newView(a ?? temp, b ?? temp)
    await ask('PATCH', '/sensors/shed', { name: 'barn' })
    await ask('PATCH', '/sensors/barn/fields/a', { name: 'inside' })
    await ask('DELETE', '/sensors/barn/fields/b')
    const { json: view } = await ask<ViewJson>('GET', `/views/${id}`)
    const expected = [
      { sensor: 'barn', field: 'inside', deleted: false },
      { sensor: 'shed', field: 'b', deleted: true },
    ]
    expect(view.panels[0]?.fields).toEqual(expected)
    const sentBack = await ask<ViewJson>('PATCH', `/views/${id}`, { panels: view.panels })
    expect([sentBack.status, sentBack.json.panels]).toEqual([200, view.panels])
    const elsewhere = await ask('POST', '/views', { name: 'other', panels: view.panels })
    expect(elsewhere).toMatchObject({ status: 422, json: { code: 'parameter-invalid', field: 'panels' } })
  })

  it('is copied under a free name', async () => {
    const view = await newView(temp)
    const first = await ask<ViewJson>('POST', `/views/${view.id}/copy`)
    expect(first).toMatchObject({ status: 201, json: { name: `${view.name} (2)`, panels: view.panels } })
    const second = await ask<ViewJson>('POST', `/views/${first.json.id}/copy`)
    expect(second.json.name).toBe(`${view.name} (3)`)
  })

  it.each([
    ['a name that is taken', { name: 'taken' }, 409, 'name-taken'],
    ['no name', {}, 422, 'parameter-invalid'],
    ['an empty name', { name: '  ' }, 422, 'parameter-invalid'],
    ['a name of two lines', { name: 'a\nb' }, 422, 'parameter-invalid'],
    [
      'a field that is not there',
      { name: 'x', panels: [{ columns: 1, rows: 1, fields: [{ sensor: 'rpi', field: 'no' }] }] },
      422,
      'parameter-invalid',
    ],
    ['13 columns', { name: 'x', panels: [{ columns: 13, rows: 1, fields: [] }] }, 422, 'parameter-invalid'],
    ['no rows', { name: 'x', panels: [{ columns: 1, rows: 0, fields: [] }] }, 422, 'parameter-invalid'],
    ['half a row', { name: 'x', panels: [{ columns: 1, rows: 0.5, fields: [] }] }, 422, 'parameter-invalid'],
    [
      '51 panels',
      { name: 'x', panels: Array.from({ length: 51 }, () => ({ columns: 1, rows: 1, fields: [] })) },
      422,
      'parameter-invalid',
    ],
    [
      '65 fields in a panel',
      { name: 'x', panels: [{ columns: 1, rows: 1, fields: Array.from({ length: 65 }, () => temp) }] },
      422,
      'parameter-invalid',
    ],
    [
      'too many fields',
      {
        name: 'x',
        panels: Array.from({ length: 50 }, () => ({
          columns: 1,
          rows: 1,
          fields: Array.from({ length: 21 }, () => temp),
        })),
      },
      422,
      'limit-reached',
    ],
    ['unknown keys', { name: 'x', account: 1 }, 422, 'parameter-invalid'],
  ])('is refused with %s', async (_what, body, status, code) => {
    await ask('POST', '/views', { name: 'taken' })
    expect(await ask('POST', '/views', body)).toMatchObject({ status, json: { code } })
  })

  it("is nobody else's", async () => {
    const view = await newView(temp)
    const path = `/views/${view.id}`
    for (const [method, url, body] of [
      ['GET', path, undefined],
      ['PATCH', path, { name: 'mine' }],
      ['DELETE', path, undefined],
      ['POST', `${path}/copy`, undefined],
    ] as const) {
      const theirs = await askAsOther(method, url, body)
      const none = await askAsOther(method, url.replace(String(view.id), '999999'), body)
      expect(theirs).toMatchObject({ status: 404, json: { code: 'not-found' } })
      expect(theirs.json).toEqual(none.json)
      expect((await apiClient(server, null)(method, url, body)).status).toBe(401)
    }
    expect((await askAsOther<ViewListJson>('GET', '/views')).json).toEqual({ views: [], next: null })
    const stolen = await askAsOther('POST', '/views', { name: 'x', panels: view.panels })
    expect(stolen).toMatchObject({ status: 422, json: { code: 'parameter-invalid' } })
    expect((await ask('GET', path)).json).toEqual(view)
  })
})

describe('the list of views', () => {
  it('comes in pages by name', async () => {
    const { id, token } = await server.account('cat@example.org')
    const askAsCat = apiClient(server, token)
    for (const name of ['b', 'c', 'a'])
      await server.installation.services.views.create(id, { name, panels: [] })
    const first = (await askAsCat<ViewListJson>('GET', '/views?limit=2')).json
    expect(first.views.map(({ name }) => name)).toEqual(['a', 'b'])
    const second = (await askAsCat<ViewListJson>('GET', `/views?limit=2&cursor=${first.next ?? ''}`)).json
    expect([second.views.map(({ name }) => name), second.next]).toEqual([['c'], null])
    expect((await askAsCat('GET', '/views?cursor=nonsense')).status).toBe(422)
  })

  it('has at most 200', async () => {
    const { id, token } = await server.account('dan@example.org')
    const { views } = server.installation.services
    for (let n = 0; n < 200; n++) await views.create(id, { name: `${n}`, panels: [] })
    const [{ id: some } = { id: 0 }] = (await views.list(id, 1, null)).items
    for (const path of ['/views', `/views/${some}/copy`]) {
      const answer = await apiClient(server, token)(
        'POST',
        path,
        path === '/views' ? { name: 'x' } : undefined,
      )
      expect(answer).toMatchObject({ status: 422, json: { code: 'limit-reached' } })
    }
  })
})
