import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { progressBar } from '../progress.ts'
import { bytes, count } from '../words.ts'
import { findProblems } from './find-problems.ts'

export const checkCommand = defineCommand({
  path: 'check',
  summary: 'verify everything that is kept: database, measurements, every byte of every picture',
  description:
    'Reads all of it, also while the server runs, and names what is wrong. Changes nothing. ' +
    'Exit code 1 when something is missing or damaged.',
  options: { ...storageOptions },
  examples: [
    ['the data of this directory', 'senio check'],
    ['for a monitor', 'senio check --data-dir /var/lib/senio --json'],
  ],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const progress = progressBar(io)
      const report = await findProblems({
        storage: senio.storage,
        signal: io.signal,
        onProgress: ({ measurements, pictures }) =>
          progress.update(null, `${count(measurements, 'measurement')}, ${count(pictures, 'picture')} read`),
      }).finally(() => progress.end())
      const looked = `${count(report.measurements, 'measurement')} and ${count(report.pictures, 'picture')} (${bytes(report.pictureBytes)})`
      const sound = report.problems.length === 0
      return {
        json: { ok: sound, ...report },
        text: sound
          ? `All is well: ${looked} are as they were published.`
          : [
              ...report.problems.map(({ detail }) => detail),
              '',
              `${count(report.problems.length, 'problem')} found in ${looked}. "senio restore BACKUP --pictures-only" puts pictures back; for a damaged database restore the whole backup into a new directory.`,
            ].join('\n'),
        exitCode: sound ? 0 : 1,
      }
    }),
})
