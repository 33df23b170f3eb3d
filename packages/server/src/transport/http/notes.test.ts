import type { NoteJson, NoteListJson } from '@senio/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { TestServer } from '../../testing/test-server.ts'

const T = 1_600_000_000_000
let server: TestServer
let ask: AskApi
let askAsOther: AskApi

beforeAll(async () => {
  server = await TestServer.start()
  const [mine, theirs] = [await server.account(), await server.account('eve@example.org')]
  ask = apiClient(server, mine.token)
  askAsOther = apiClient(server, theirs.token)
  for (const name of ['rpi', 'pages', 'gone']) await server.sensor(name, ['temp:scalar'], mine.id)
  await server.sensor('theirs', ['temp:scalar'], theirs.id)
})

afterAll(() => server.stop())

const notes = '/sensors/rpi/notes'

describe('a note', () => {
  it('is on an instant or a range, and is changed and deleted', async () => {
    const created = await ask<NoteJson>('POST', notes, { text: ' Watered 💧 ', from: T + 0.5 })
    expect(created).toMatchObject({
      status: 201,
      json: { text: 'Watered 💧', from: T + 0.5, to: null, created: server.now, changed: server.now },
    })
    const path = `${notes}/${created.json.id}`
    server.now = (server.now + 1000) as typeof server.now
    const changed = await ask<NoteJson>('PATCH', path, { to: T + 10 })
    expect(changed.json).toEqual({ ...created.json, to: T + 10, changed: server.now })
    expect((await ask('PATCH', path, { text: 'Dry', to: null })).json).toMatchObject({
      text: 'Dry',
      to: null,
    })
    expect((await ask<NoteListJson>('GET', `${notes}?from=${T}&to=${T + 1}`)).json.notes).toHaveLength(1)
    expect((await ask<NoteListJson>('GET', `${notes}?from=${T + 1}`)).json.notes).toEqual([])
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('DELETE', path)).status).toBe(404)
    expect((await ask('PATCH', path, { text: 'x' })).status).toBe(404)
  })

  it.each([
    ['no text', { text: ' \n ', from: T }],
    ['too much text', { text: 'x'.repeat(2001), from: T }],
    ['a NUL', { text: 'a\0b', from: T }],
    ['half a character', { text: '\uD800', from: T }],
    ['no place', { text: 'x' }],
    ['no number', { text: 'x', from: 'now' }],
    ['a time before all times', { text: 'x', from: -1 }],
    ['a time after all times', { text: 'x', from: 1e300 }],
    ['an end before its start', { text: 'x', from: T, to: T - 1 }],
    ['an empty range', { text: 'x', from: T, to: T }],
    ['unknown keys', { text: 'x', from: T, sensor: 2 }],
  ])('is refused with %s', async (_what, body) => {
    expect(await ask('POST', notes, body)).toMatchObject({ status: 422, json: { code: 'parameter-invalid' } })
  })

  it('comes in pages', async () => {
    for (const text of ['a', 'b', 'c']) await ask('POST', '/sensors/pages/notes', { text, from: T })
    const first = (await ask<NoteListJson>('GET', '/sensors/pages/notes?limit=2')).json
    const second = (await ask<NoteListJson>('GET', `/sensors/pages/notes?limit=2&cursor=${first.next ?? ''}`))
      .json
    expect([...first.notes, ...second.notes].map(({ text }) => text)).toEqual(['a', 'b', 'c'])
    expect(second.next).toBeNull()
    for (const cursor of ['nonsense', 'IjEi', 'IngieSI']) {
      expect((await ask('GET', `/sensors/pages/notes?cursor=${cursor}`)).status).toBe(422)
    }
  })

  it("is nobody else's, and belongs to its sensor alone", async () => {
    const { id } = (await ask<NoteJson>('POST', notes, { text: 'secret', from: T })).json
    for (const [method, path, body] of [
      ['GET', notes, undefined],
      ['POST', notes, { text: 'x', from: T }],
      ['PATCH', `${notes}/${id}`, { text: 'x' }],
      ['DELETE', `${notes}/${id}`, undefined],
      ['PATCH', `/sensors/theirs/notes/${id}`, { text: 'x' }],
      ['DELETE', `/sensors/theirs/notes/${id}`, undefined],
    ] as const) {
      expect(await askAsOther(method, path, body)).toMatchObject({ status: 404, json: { code: 'not-found' } })
      expect((await apiClient(server, null)(method, path, body)).status).toBe(401)
    }
    expect((await ask<NoteListJson>('GET', notes)).json.notes).toMatchObject([{ id, text: 'secret' }])
  })

  it('goes with its sensor', async () => {
    await ask('POST', '/sensors/gone/notes', { text: 'x', from: T })
    await ask('DELETE', '/sensors/gone')
    await ask('POST', '/sensors', { name: 'gone' })
    expect((await ask('GET', '/sensors/gone/notes')).json).toEqual({ notes: [], next: null })
  })
})
