import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { type CommandResult, defineCommand } from '../command.ts'
import type { Storage } from '../../storage/storage.ts'
import type { CliIo } from '../io.ts'
import { inDirectory, type Whereabouts, withSenio } from '../open.ts'
import { storageOptions, switchOption } from '../options.ts'
import { progressBar } from '../progress.ts'
import { bytes, count, shellQuote } from '../words.ts'
import { writeBackup } from './write-backup.ts'
import { writeFolder } from './write-folder.ts'

export const backupCommand = defineCommand({
  path: 'backup',
  summary: 'write everything into one file or a folder, while the server runs',
  description:
    'A tar file with a consistent copy of the database and every picture. It appears under its name when it is whole ' +
    'and on the disk. Thumbs are left out: they are made again from the pictures. ' +
    'With --folder, a folder that the next backup only adds new pictures to.',
  args: [{ name: '<file>', help: 'the file to write, or with --folder the folder' }],
  options: {
    folder: switchOption('folder', 'write a folder, or bring one up to date: only new pictures are copied'),
    picturesOnly: switchOption(
      'pictures-only',
      'with --folder: pictures alone, where the database is PostgreSQL and has tools of its own',
    ),
    verify: switchOption(
      'verify',
      'with --folder: read all pictures that are there already and copy damaged ones again; otherwise a thirtieth of them at each run',
    ),
    replace: switchOption('replace', 'replace the file if it is there already'),
    ...storageOptions,
  },
  examples: [
    ['by date', 'senio backup senio-$(date +%F).tar'],
    [
      'every night, only what is new',
      '0 3 * * * senio backup --folder /backup/senio --data-dir /var/lib/senio',
    ],
    ['every night, by cron', '0 3 * * * senio backup /backup/senio.tar --replace --data-dir /var/lib/senio'],
  ],
  run: ({ io, options, args }) =>
    withSenio(options, io, async ({ storage }) => {
      if (options.folder) return backUpFolder(storage, io, options, args[0] ?? '')
      if (options.picturesOnly || options.verify) throw needsFolder(options)
      const file = resolve(io.directory, args[0] ?? '')
      if (!options.replace) await requireAbsent(file)
      const progress = progressBar(io)
      const manifest = await writeBackup({
        storage,
        withCopy: (directory, use) =>
          withSenio(inDirectory(directory, options), io, (copy) => use(copy.storage.images)),
        file,
        now: io.clock(),
        signal: io.signal,
        onProgress: (pictures) => progress.update(null, `${count(pictures, 'picture')} written`),
      }).finally(() => progress.end())
      const { pictures, database, lost } = manifest
      const summary = `Wrote ${args[0] ?? ''}: the database (${bytes(database.bytes)}) and ${count(pictures.count, 'picture')} (${bytes(pictures.bytes)}).`
      return {
        json: { file, ...manifest },
        text:
          lost.length === 0
            ? `${summary}\nRestore it with: senio restore ${shellQuote(args[0] ?? '')} --data-dir NEW_DIRECTORY`
            : `${summary}\n${count(lost.length, 'picture')} could not be backed up, missing or damaged: "senio check" names them.`,
        exitCode: lost.length === 0 ? 0 : 1,
      }
    }),
})

async function backUpFolder(
  storage: Storage,
  io: CliIo,
  {
    picturesOnly,
    verify,
    ...whereabouts
  }: Whereabouts & { readonly picturesOnly: boolean; readonly verify: boolean },
  name: string,
): Promise<CommandResult> {
  const folder = resolve(io.directory, name)
  const progress = progressBar(io)
  const { manifest, copied, verified, replaced } = await writeFolder({
    storage,
    withCopy: (directory, use) =>
      withSenio(inDirectory(directory, whereabouts), io, (copy) => use(copy.storage.images)),
    folder,
    picturesOnly,
    verify,
    now: io.clock(),
    signal: io.signal,
    onProgress: (pictures) => progress.update(null, `${count(pictures, 'picture')} looked at`),
  }).finally(() => progress.end())
  const { pictures, database, lost } = manifest
  const what = database === null ? '' : `the database (${bytes(database.bytes)}) and `
  const summary = `Brought ${name} up to date: ${what}${count(pictures.count, 'picture')} (${bytes(pictures.bytes)}), ${copied} of them new. Of those there before, ${verified} verified and ${replaced} damaged ones copied again.`
  const restore = `senio restore ${shellQuote(name)} ${database === null ? '--pictures-only ' : ''}--data-dir`
  return {
    json: { folder, copied, verified, replaced, ...manifest },
    text:
      lost.length === 0
        ? `${summary}\nRestore it with: ${restore} ${database === null ? shellQuote(whereabouts.dataDir) : 'NEW_DIRECTORY'}`
        : `${summary}\n${count(lost.length, 'picture')} could not be backed up, missing or damaged: "senio check" names them.`,
    exitCode: lost.length === 0 ? 0 : 1,
  }
}

function needsFolder({ picturesOnly }: { readonly picturesOnly: boolean }): SenioError {
  return picturesOnly
    ? new SenioError('parameter-invalid', 'Pictures alone go into a folder: add --folder.', {
        field: 'pictures-only',
      })
    : new SenioError('parameter-invalid', 'A file is written anew each time. --verify goes with --folder.', {
        field: 'verify',
      })
}

async function requireAbsent(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (!isThere) return
  throw new SenioError('name-taken', `${file} is there already. Choose another name, or add --replace.`, {
    field: 'file',
  })
}
