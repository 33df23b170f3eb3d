import { SenioError } from '@senio/protocol'
import { environmentName, type Setting } from '../../config/setting.ts'
import { storageSettings } from '../../config/settings.ts'
import { defineCommand } from '../command.ts'
import { fromVariable, listOption } from '../options.ts'
import { bytes, count } from '../words.ts'
import { copyInstallation } from './copy-installation.ts'
import { withPlace } from './open-place.ts'
import { parsePlace } from './place.ts'
import { showProgress } from './show-progress.ts'

const PLACE = 'a data directory; postgres://…; s3://…; the option once for each'
const SECRET = 'its secret, better given as a variable or a file'
const SECRET_FILE = 'file that holds the secret'
const TOKEN = 'token of lent keys'

export const copyCommand = defineCommand({
  path: 'copy',
  summary: 'move an installation to another kind of storage',
  description:
    'Copies everything with its ids: accounts, passwords, sessions, tokens, sensors, device keys, notes, views, measurements and ' +
    'pictures, so that keys and links stay as they are. What is copied is read back and compared. Interrupted, it goes on ' +
    'when the same command is run again; until it is done, no server starts on the target. The source stays as it is: stop its ' +
    'servers first. Thumbs are left out: they are made again from the pictures. ' +
    'Of both ends, a database that is not in a directory is named by its postgres:// URL, and a bucket by its s3:// URL, as for "senio serve".',
  options: {
    from: placeOption('from', `where the installation is: ${PLACE}`),
    to: placeOption('to', `where it goes, empty: ${PLACE}`),
    fromS3AccessKey: keyOption('from', storageSettings.s3AccessKey, "access key of the source's bucket"),
    fromS3SecretKey: keyOption('from', storageSettings.s3SecretKey, SECRET),
    fromS3SecretKeyFile: keyOption('from', storageSettings.s3SecretKeyFile, SECRET_FILE),
    fromS3SessionToken: keyOption('from', storageSettings.s3SessionToken, TOKEN),
    toS3AccessKey: keyOption('to', storageSettings.s3AccessKey, "access key of the target's bucket"),
    toS3SecretKey: keyOption('to', storageSettings.s3SecretKey, SECRET),
    toS3SecretKeyFile: keyOption('to', storageSettings.s3SecretKeyFile, SECRET_FILE),
    toS3SessionToken: keyOption('to', storageSettings.s3SessionToken, TOKEN),
  },
  examples: [
    [
      'from a directory to PostgreSQL and a bucket',
      'senio copy --from ./data --to postgres://senio@db/senio --to "s3://senio?endpoint=https://s3.example.org"',
    ],
    [
      'the pictures stay on the disk',
      'senio copy --from ./data --to postgres://senio@db/senio --to ./pictures',
    ],
    [
      'back again, the secrets in the environment',
      'PGPASSWORD=… SENIO_S3_ACCESS_KEY=… SENIO_S3_SECRET_KEY=… \\\n  senio copy --from postgres://senio@db/senio --from s3://senio --to ./data',
    ],
  ],
  async run({ io, options, json }) {
    const from = parsePlace(options.from, 'from')
    const to = parsePlace(options.to, 'to')
    const sourceKeys = {
      s3AccessKey: options.fromS3AccessKey,
      s3SecretKey: options.fromS3SecretKey,
      s3SecretKeyFile: options.fromS3SecretKeyFile,
      s3SessionToken: options.fromS3SessionToken,
    }
    const targetKeys = {
      s3AccessKey: options.toS3AccessKey,
      s3SecretKey: options.toS3SecretKey,
      s3SecretKeyFile: options.toS3SecretKeyFile,
      s3SessionToken: options.toS3SessionToken,
    }
    const progress = showProgress(io, json)
    const report = await withPlace({ place: from, keys: sourceKeys, role: 'from', io }, (source) =>
      withPlace({ place: to, keys: targetKeys, role: 'to', io }, (target) =>
        copyInstallation({ from: source, to: target, signal: io.signal, watcher: progress }),
      ),
    )
      .catch((error: unknown) => {
        if (!io.signal.aborted) throw error
        throw new SenioError(
          'shutting-down',
          'Stopped. Run the same command again: it goes on where it was.',
          {
            cause: error,
          },
        )
      })
      .finally(() => progress.end())
    const { rows, pictures, pictureBytes, measurements, lost } = report
    const summary =
      `${report.resumed ? 'Finished the copy' : 'Copied'}: ${count(rows.account, 'account')}, ${count(rows.sensor, 'sensor')}, ` +
      `${count(measurements, 'measurement')} and ${count(pictures, 'picture')} (${bytes(pictureBytes)}), all compared with the source.`
    return {
      json: { ok: lost.length === 0, ...report },
      text:
        lost.length === 0
          ? `${summary}\nStart servers on the target now; the source is as it was.`
          : `${summary}\n${count(lost.length, 'picture')} could not be copied, missing or damaged in the source: "senio check" names them there.`,
      exitCode: lost.length === 0 ? 0 : 1,
    }
  },
})

/** URLs may hold passwords. */
function placeOption(flag: 'from' | 'to', help: string) {
  const option = { ...listOption(flag, 'PLACE', help), isSecret: true } as const
  return fromVariable(`SENIO_COPY_${flag.toUpperCase()}`, option)
}

/** A key of one end's bucket; that of a server counts where it isn't given. */
function keyOption(
  end: 'from' | 'to',
  own: Setting<string | undefined>,
  help: string,
): Setting<string | undefined> {
  const alternatives = [environmentName(own.flag), ...(own.alternatives ?? [])]
  return {
    ...own,
    flag: `${end}-${own.flag}`,
    help: `${help}; ${alternatives[0]} counts as well`,
    alternatives,
  }
}
