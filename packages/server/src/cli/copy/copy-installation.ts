import { SenioError } from '@senio/protocol'
import type { CopiedTable } from '../../storage/copy-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { copyMeasurements, type SensorProgress } from './copy-measurements.ts'
import { comparePictures, copyPictures } from './copy-pictures.ts'
import { compareTables, copyTables } from './copy-tables.ts'
import { beginOrResume, identify } from './state.ts'

export interface CopyReport {
  /** Whether an earlier copy that was interrupted was gone on with. */
  readonly resumed: boolean
  /** Rows of the ordinary tables. */
  readonly rows: Readonly<Record<CopiedTable, number>>
  readonly pictures: number
  readonly pictureBytes: number
  readonly measurements: number
  /** Hashes of pictures whose bytes are missing or damaged in the source. */
  readonly lost: readonly string[]
}

/** Told while it goes on. */
export interface CopyWatcher {
  /** @param share 0 to 1 */
  pictures(share: number, copied: { readonly pictures: number; readonly bytes: number }): void
  sensor(progress: SensorProgress): void
  /** The rollups of the whole target are held against its values. */
  checking(): void
}

export interface CopyInstallationOptions {
  readonly from: Storage
  readonly to: Storage
  readonly signal: AbortSignal
  readonly watcher: CopyWatcher
}

/**
 * Copies an installation and verifies the copy. Interrupted at any moment, it goes on where it was when it is called
 * again. The target can be used when it has resolved, and not before.
 *
 * @throws SenioError `name-taken` for a target that is in use; `not-found` for an empty source; `storage-failing` when
 *   the copy isn't the same as the source
 */
export async function copyInstallation(options: CopyInstallationOptions): Promise<CopyReport> {
  const { from, to, signal, watcher } = options
  if ((await from.copies.progress()) !== null) {
    throw new SenioError(
      'not-found',
      'The source is the target of an unfinished copy itself. Finish that first.',
    )
  }
  const source = await identify(from)
  if (source === null)
    throw new SenioError('not-found', 'The source holds no installation: there is no account.')
  const { state: begun, isResumed } = await beginOrResume(to, source)
  await copyTables(from.copies, to.copies, signal)
  const withPictures =
    begun.phase === 'pictures'
      ? await copyPictures(begun, {
          ...options,
          // Hashes are spread evenly.
          onPicture: (sha1, copied) => watcher.pictures(shareOf(sha1), copied),
        })
      : begun
  const done = await copyMeasurements(withPictures, {
    ...options,
    onProgress: (progress) => watcher.sensor(progress),
  })
  watcher.checking()
  await comparePictures(from.images, to.images)
  const rows = await compareTables(from.copies, to.copies)
  const [fault] = await to.findFaults()
  if (fault !== undefined) throw new SenioError('storage-failing', `The target is damaged: ${fault.detail}.`)
  await to.copies.setProgress(null)
  const { pictures, pictureBytes, measurements, lost } = done
  return { resumed: isResumed, rows, pictures, pictureBytes, measurements, lost }
}

function shareOf(sha1: string): number {
  return Number.parseInt(sha1.slice(0, 8), 16) / 2 ** 32
}
