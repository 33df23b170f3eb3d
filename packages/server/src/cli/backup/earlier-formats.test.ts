import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NOW, testCli } from '../testing/test-cli.ts'
import { DATABASE_ENTRY, MANIFEST_ENTRY, pictureEntry, PICTURES } from './format.ts'
import { TarWriter } from './tar-writer.ts'

const FORMATS = new URL('../../storage/sqlite/formats/', import.meta.url)
/** The only picture of the fixtures. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWNwWdXhsqoDAAm5Au0Qk4mHAAAAAElFTkSuQmCC',
  'base64',
)
const SHA1 = createHash('sha1').update(PICTURE).digest('hex')

async function databaseOf(fixture: string, directory: string): Promise<Buffer> {
  const file = join(directory, 'old.db')
  const old = new DatabaseSync(file)
  old.exec(`BEGIN; ${await readFile(new URL(fixture, FORMATS), 'utf8')} COMMIT`)
  old.close()
  const bytes = await readFile(file)
  await rm(file)
  return bytes
}

/** What versions of every format so far have written: docs/formats/backup.md, version 1. */
function manifestOf(database: Buffer) {
  return {
    format: 'senio-backup',
    version: 1,
    created: NOW,
    database: { bytes: database.length, sha256: createHash('sha256').update(database).digest('hex') },
    pictures: { count: 1, bytes: PICTURE.length },
    lost: [],
  }
}

async function writeFileBackup(file: string, database: Buffer): Promise<void> {
  const tar = new TarWriter(file, new Date(NOW))
  const manifest = Buffer.from(JSON.stringify(manifestOf(database)))
  for (const [name, bytes] of [
    [DATABASE_ENTRY, database],
    [pictureEntry(SHA1), PICTURE],
    [MANIFEST_ENTRY, manifest],
  ] as const) {
    await tar.add(name, bytes.length, (write) => write(bytes))
  }
  await tar.finish()
}

async function writeFolderBackup(folder: string, database: Buffer): Promise<void> {
  const manifest = manifestOf(database)
  const file = `senio-${manifest.database.sha256.slice(0, 16)}.db`
  await mkdir(join(folder, PICTURES, SHA1.slice(0, 2)), { recursive: true })
  await writeFile(join(folder, PICTURES, SHA1.slice(0, 2), SHA1), PICTURE)
  await writeFile(join(folder, file), database)
  const said = { ...manifest, format: 'senio-backup-folder', database: { ...manifest.database, file } }
  await writeFile(join(folder, MANIFEST_ENTRY), JSON.stringify(said))
}

describe.each((await readdir(FORMATS)).toSorted())('a backup with the database of %s', (fixture) => {
  test.each([
    ['file', writeFileBackup],
    ['folder', writeFolderBackup],
  ])('is restored from a %s, and is whole', async (_, writeBackup) => {
    const cli = await testCli()
    await writeBackup(join(cli.directory, 'backup'), await databaseOf(fixture, cli.directory))
    const restored = await cli.run('restore', 'backup', '--data-dir', 'again', '--json')
    expect(restored).toMatchObject({ exitCode: 0 })
    expect(restored.json()).toMatchObject({ created: NOW, pictures: { count: 1 }, lost: [] })
    const check = await cli.run('check', '--data-dir', 'again', '--json')
    expect(check.json()).toMatchObject({ ok: true, measurements: 53, pictures: 1 })
  })
})
