#!/usr/bin/env node
/**
 * Writes what this version's data directories look like, as text, for the test that later versions still open them:
 * run it once for each format, with the last version that writes it, before the migration to the next one is added.
 *
 *   node scripts/write-format-fixture.mjs packages/server/src/storage/sqlite/formats/format-4.sql [CHECKOUT]
 *
 * A server is started on a new data directory and used as devices and people use it; its database is then written as
 * the SQL statements that make it again. CHECKOUT: that of another version; this one when absent.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite')

const [target, checkout = fileURLToPath(new URL('..', import.meta.url))] = process.argv.slice(2)
if (target === undefined) throw new TypeError('Name the file to write.')

const program = join(resolve(checkout), 'packages/server/src/main.ts')
const directory = await mkdtemp(join(tmpdir(), 'senio-format-'))
const HOUR = 3_600_000
const START = 1_474_635_600_000
/** Two green pixels; the test holds the same bytes. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWNwWdXhsqoDAAm5Au0Qk4mHAAAAAElFTkSuQmCC'

const environment = {
  ...process.env,
  SENIO_ADMIN_EMAIL: 'ada@example.org',
  SENIO_ADMIN_PASSWORD: 'a long pass phrase',
}

try {
  const server = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--data-dir', directory, '--host', '127.0.0.1'],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const url = await new Promise((found, failed) => {
    server.stdout.on('data', (text) => {
      const address = /http:\/\/localhost:\d+/.exec(String(text))
      if (address !== null) found(address[0])
    })
    server.on('exit', () => failed(new Error('The server ended.')))
  })
  await use(url)
  server.kill('SIGTERM')
  await new Promise((ended) => server.on('exit', ended))
  await writeFile(target, dump(join(directory, 'senio.db')))
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function use(url) {
  const json = { 'content-type': 'application/json', origin: url }
  const signedIn = await post(`${url}/api/v1/session`, json, {
    email: 'ada@example.org',
    password: 'a long pass phrase',
  })
  const cookie = signedIn.headers.getSetCookie()[0].split(';')[0]
  const api = { ...json, cookie }
  const fields = [
    { name: 'temp', type: 'scalar', unit: 'celsius' },
    { name: 'open', type: 'boolean', unit: '' },
    { name: 'place', type: 'location', unit: '' },
    { name: 'cam', type: 'image', unit: '' },
  ]
  const sensor = await (await post(`${url}/api/v1/sensors`, api, { name: 'rpi', fields })).json()
  const key = { authorization: `Bearer ${sensor.key}` }
  const device = { ...key, 'content-type': 'application/json' }
  const publish = (body) => post(`${url}/publish/rpi`, device, body)
  await publish(
    Array.from({ length: 50 }, (_, n) => ({
      timestamp: START + n * (HOUR / 10) + 0.25,
      data: { temp: 20 + (n % 7) / 4, open: n % 3 === 0 },
    })),
  )
  await publish({ timestamp: START + 1, data: { place: { lat: 52.5, lon: 13.4 } }, tags: ['first', 'märz'] })
  await publish({ timestamp: START - HOUR, data: { temp: -1.5 }, tags: { run: 7, ok: true } })
  await publish({ timestamp: START - HOUR, data: { temp: -2.5 } })
  await post(
    `${url}/publish/rpi?field=cam&timestamp=${START + HOUR}`,
    { ...key, 'content-type': 'image/png' },
    Buffer.from(PICTURE, 'base64'),
  )
  // What a version doesn't have yet, its data doesn't hold.
  await post(`${url}/api/v1/sensors/rpi/notes`, api, { from: START, text: 'moved to the window' }, [404])
  const panels = [{ columns: 12, rows: 8, fields: [{ sensor: 'rpi', field: 'temp' }] }]
  await post(`${url}/api/v1/views`, api, { name: 'home', panels }, [404])
  // Until the thumb is made.
  await new Promise((rest) => setTimeout(rest, 2000))
}

async function post(url, headers, body, allowed = []) {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })
  if (answer.ok || allowed.includes(answer.status)) return answer
  throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
}

function dump(file) {
  const db = new DatabaseSync(file)
  const pragma = (name) => Object.values(db.prepare(`PRAGMA ${name}`).get())[0]
  const schema = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type != 'table', rowid`,
    )
    .all()
  const lines = [`-- Format ${pragma('user_version')}, written by scripts/write-format-fixture.mjs.`]
  for (const { name, sql } of schema.filter(({ type }) => type === 'table')) {
    if (name !== 'sqlite_sequence') lines.push(`${sql};`)
  }
  for (const { name } of schema.filter(({ type }) => type === 'table')) {
    if (name === 'sqlite_sequence') lines.push('DELETE FROM sqlite_sequence;')
    const columns = db
      .prepare(`SELECT name FROM pragma_table_info('${name}')`)
      .all()
      .map((column) => column.name)
    const quoted = columns.map((column) => `quote("${column}")`).join(` || ', ' || `)
    for (const { row } of db.prepare(`SELECT ${quoted} AS row FROM "${name}"`).all())
      lines.push(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${row});`)
  }
  for (const { type, sql } of schema) if (type !== 'table') lines.push(`${sql};`)
  lines.push(
    `PRAGMA application_id = ${pragma('application_id')};`,
    `PRAGMA user_version = ${pragma('user_version')};`,
    '',
  )
  db.close()
  return lines.join('\n')
}
