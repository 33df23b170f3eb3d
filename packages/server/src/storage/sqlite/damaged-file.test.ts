import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newSensor } from '../contract/database-under-test.ts'
import { findFaults } from './integrity.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

test(
  'pages that a disk has damaged are faults of the file, and end no look at it',
  { timeout: 60_000 },
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'senio-damaged-'))
    const file = join(directory, 'senio.db')
    const db = await openSqliteDatabase({ file, onFatal: () => undefined })
    const sensor = await newSensor(db, 'scalar')
    const many = Array.from({ length: 20_000 }, (_, n) => sensor.at(n * 1000, n))
    await db.measurements.append(many, [])
    await db.close()
    const { size } = await stat(file)
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(40 * 4096, 0xa5), 0, 40 * 4096, Math.floor(size / 8192) * 4096)
    await handle.close()
    const faults = await findFaults(file, {})
    expect(faults.some(({ isOfFile }) => isOfFile)).toBe(true)
    expect(faults.map(({ detail }) => detail).join()).toMatch(/can't be read: .*malformed/)
    await rm(directory, { recursive: true })
  },
)

test.each([
  ['is no database', 'Not a database, but a letter. '.repeat(100), /senio\.db is not a database of SQLite/],
  ['is damaged from its second page on', null, /senio\.db is damaged/],
])('a file that %s is told so when it is opened, and stays as it is', async (_, text, words) => {
  const directory = await mkdtemp(join(tmpdir(), 'senio-damaged-'))
  const file = join(directory, 'senio.db')
  const openIt = () => openSqliteDatabase({ file, onFatal: () => undefined })
  if (text === null) {
    await (await openIt()).close()
    const whole = await readFile(file)
    await writeFile(file, whole.fill(0xa5, 100))
  } else await writeFile(file, text)
  const before = await readFile(file)
  await expect(openIt()).rejects.toMatchObject({
    code: 'storage-failing',
    message: expect.stringMatching(words) as string,
  })
  expect(await readFile(file)).toStrictEqual(before)
  await rm(directory, { recursive: true })
})
