import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { followPictures, nameOf, refuseOthersPlace } from '../../domain/integrity/picture-place.ts'
import { freeBytes } from '../../disk-room.ts'
import { makeDirectory } from '../../make-directory.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CliIo } from '../io.ts'
import { inDirectory, type Whereabouts, withSenio } from '../open.ts'
import { storageOptions, switchOption } from '../options.ts'
import { progressBar } from '../progress.ts'
import { bytes, count, shellQuote, time } from '../words.ts'
import { DATABASE_ENTRY } from './format.ts'
import { putBack } from './put-back.ts'
import { readBackup } from './read-backup.ts'
import { readFolder } from './read-folder.ts'
import { syncDirectory } from './sync-directory.ts'

/** Within the data directory, so that it is on the same disk, also when that is a mount of its own. */
const STAGING = '.restoring'
/** What file systems put into an empty directory. */
const HARMLESS: ReadonlySet<string> = new Set(['lost+found', STAGING])

export const restoreCommand = defineCommand({
  path: 'restore',
  summary: 'put a backup into an empty data directory',
  description:
    'Verifies every hash and the whole database before anything appears in the directory. ' +
    'Accounts, passwords, sensors and keys are as they were.',
  args: [{ name: '<file>', help: 'a file or folder that "senio backup" wrote' }],
  options: {
    picturesOnly: switchOption(
      'pictures-only',
      'put back pictures that are missing or damaged, also while the server runs, and leave all else as it is',
    ),
    ...storageOptions,
  },
  examples: [
    ['into a new directory', 'senio restore senio-2026-11-23.tar --data-dir ./restored'],
    ['what the disk has damaged', 'senio restore /backup/senio --pictures-only --data-dir /var/lib/senio'],
  ],
  async run({ io, options, args }) {
    const file = resolve(io.directory, args[0] ?? '')
    const dataDir = resolve(io.directory, options.dataDir)
    await requireFile(file)
    if (options.picturesOnly) return putPicturesBack(io, options, file)
    if (options.databaseUrl !== undefined) throw intoPostgres()
    await requireEmpty(dataDir)
    const isFolder = (await stat(file)).isDirectory()
    const staging = join(dataDir, STAGING)
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging, { mode: 0o700 })
    const progress = progressBar(io)
    try {
      const manifest = await (isFolder ? readFolder : readBackup)({
        file,
        directory: staging,
        withStorage: (use) =>
          withSenio(inDirectory(staging, options), io, async ({ storage }) => {
            await refuseOthersPlace(storage)
            await use(storage)
            await followPictures(storage)
          }),
        requireRoom: (database, pictures) =>
          requireRoom(dataDir, options.blobUrl === undefined ? database + pictures : database),
        signal: io.signal,
        onProgress: (pictures) => progress.update(null, `${count(pictures, 'picture')} restored`),
      })
      await moveUp(staging, dataDir)
      const { created, pictures, lost } = manifest
      return {
        json: { dataDir, created, pictures, lost },
        text: [
          `Restored the backup of ${time(created)}: the database and ${count(pictures.count, 'picture')} (${bytes(pictures.bytes)}), all verified.`,
          ...(lost.length === 0
            ? []
            : [`${count(lost.length, 'picture')} were lost before the backup was made.`]),
          `Start it with: senio serve --data-dir ${shellQuote(options.dataDir)}`,
        ].join('\n'),
      }
    } finally {
      progress.end()
      await rm(staging, { recursive: true, force: true })
    }
  },
})

async function putPicturesBack(io: CliIo, whereabouts: Whereabouts, file: string): Promise<CommandResult> {
  const progress = progressBar(io)
  const { report, place } = await withSenio(whereabouts, io, async ({ storage }) => {
    await refuseOthersPlace(storage)
    const done = await putBack({
      storage,
      file,
      signal: io.signal,
      onProgress: (pictures) => progress.update(null, `${count(pictures, 'picture')} looked at`),
    })
    const hasMoved = await followPictures(storage)
    return { report: done, place: hasMoved ? nameOf(storage.placeMark) : null }
  }).finally(() => progress.end())
  const { faulty, mended, left } = report
  return {
    json: report,
    text: [
      faulty === 0
        ? 'No picture is missing or damaged.'
        : `${count(faulty, 'picture')} missing or damaged, ${mended} of them put back as they were published.`,
      ...(place === null
        ? []
        : [`The pictures are in ${place} from now on. Start servers that use another place anew.`]),
      ...left.map((sha1) => `The backup has no sound copy of the picture ${sha1}.`),
    ].join('\n'),
    exitCode: left.length === 0 ? 0 : 1,
  }
}

/** What is meant may be either: the database has tools of its own, and its pictures go back by themselves. */
function intoPostgres(): SenioError {
  return new SenioError(
    'parameter-invalid',
    'A whole backup goes into a data directory, and --database-url (or SENIO_DATABASE_URL) names PostgreSQL: restore that with ' +
      'pg_restore, and the pictures with --pictures-only; or restore without it, and move it there with "senio copy".',
    { field: 'database-url' },
  )
}

async function requireFile(file: string): Promise<void> {
  try {
    await access(file)
  } catch (cause) {
    throw new SenioError('not-found', `There is no file ${file}.`, { field: 'file', cause })
  }
}

async function requireEmpty(directory: string): Promise<void> {
  await makeDirectory(directory, { field: 'data-dir' })
  const found = (await readdir(directory)).filter((name) => !HARMLESS.has(name))
  if (found.length === 0) return
  throw new SenioError(
    'name-taken',
    `${directory} is not empty: it holds ${found.slice(0, 3).join(', ')}. Restore into a new directory with --data-dir.`,
    { field: 'data-dir' },
  )
}

async function requireRoom(directory: string, needed: number): Promise<void> {
  const free = await freeBytes(directory)
  if (free === null || free >= needed) return
  throw new SenioError(
    'storage-full',
    `The backup needs ${bytes(needed)}, and the disk of ${directory} has ${bytes(free)} left. Nothing was restored; make room, or restore elsewhere with --data-dir.`,
  )
}

/** The database last: without it there is no installation. */
async function moveUp(staging: string, dataDir: string): Promise<void> {
  const names = (await readdir(staging)).filter((name) => name !== DATABASE_ENTRY)
  for (const name of [...names, DATABASE_ENTRY]) await rename(join(staging, name), join(dataDir, name))
  await syncDirectory(dataDir)
}
