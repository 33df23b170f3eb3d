import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { dataDirOption, switchOption } from '../options.ts'
import { progressBar } from '../progress.ts'
import { bytes, count, shellQuote } from '../words.ts'
import { writeBackup } from './write-backup.ts'

export const backupCommand = defineCommand({
  path: 'backup',
  summary: 'write everything into one file, while the server runs',
  description:
    'A tar file with a consistent copy of the database and every picture. It appears under its name when it is whole ' +
    'and on the disk. Thumbs are left out: they are made again from the pictures.',
  args: [{ name: '<file>', help: 'the file to write' }],
  options: {
    replace: switchOption('replace', 'replace the file if it is there already'),
    dataDir: dataDirOption,
  },
  examples: [
    ['by date', 'senio backup senio-$(date +%F).tar'],
    ['every night, by cron', '0 3 * * * senio backup /backup/senio.tar --replace --data-dir /var/lib/senio'],
  ],
  run: ({ io, options, args }) =>
    withSenio(options.dataDir, io, async ({ storage }) => {
      const file = resolve(io.directory, args[0] ?? '')
      if (!options.replace) await requireAbsent(file)
      const progress = progressBar(io)
      const manifest = await writeBackup({
        storage,
        withCopy: (directory, use) => withSenio(directory, io, (copy) => use(copy.storage.images)),
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
