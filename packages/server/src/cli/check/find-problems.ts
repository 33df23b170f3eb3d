import { SenioError } from '@senio/protocol'
import type { PictureFault } from '../../storage/scrub-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { faultSentence } from '../../domain/integrity/fault-words.ts'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { allPictures } from '../all-pictures.ts'

/** Something that is not as it was stored. */
export interface FoundProblem {
  readonly kind: 'database' | `picture-${PictureFault}` | 'value-without-picture'
  /** What and where, in plain words. */
  readonly detail: string
  /** The picture's SHA-1; absent for the database. */
  readonly sha1?: string
}

export interface CheckReport {
  readonly pictures: number
  readonly pictureBytes: number
  readonly measurements: number
  readonly problems: readonly FoundProblem[]
}

export interface CheckOptions {
  readonly storage: Storage
  readonly signal: AbortSignal
  readonly onProgress: (read: { readonly measurements: number; readonly pictures: number }) => void
}

/** Reads everything that is kept: the database with every value, each picture's bytes. Goes on behind what can't be read. */
export async function findProblems(options: CheckOptions): Promise<CheckReport> {
  const { storage, signal, onProgress } = options
  const { problems, measurements } = await databaseProblems(options)
  let pictures = 0
  let pictureBytes = 0
  for await (const image of allPictures(storage.images)) {
    signal.throwIfAborted()
    const fault = await findPictureFault(storage.originals, image)
    // The collector may have removed it while the check ran.
    if (fault !== null && (await storage.images.find([image.sha1])).size > 0) {
      problems.push({ kind: `picture-${fault}`, detail: faultSentence(image, fault), sha1: image.sha1 })
    }
    pictures++
    pictureBytes += image.bytes
    onProgress({ measurements, pictures })
  }
  return { pictures, pictureBytes, measurements, problems }
}

async function databaseProblems({
  storage,
  signal,
  onProgress,
}: CheckOptions): Promise<{ readonly problems: FoundProblem[]; readonly measurements: number }> {
  let measurements = 0
  try {
    const faults = await storage.findFaults({
      rest: async () => signal.throwIfAborted(),
      onMeasurements(count) {
        measurements += count
        onProgress({ measurements, pictures: 0 })
      },
    })
    return {
      measurements,
      problems: faults.map(({ detail, sha1 }) => ({
        kind: sha1 === undefined ? 'database' : 'value-without-picture',
        detail: `The database is damaged: ${detail}.`,
        ...(sha1 === undefined ? {} : { sha1 }),
      })),
    }
  } catch (error) {
    if (!(error instanceof SenioError)) throw error
    return {
      measurements,
      problems: [{ kind: 'database', detail: `The database can't be read: ${error.message}` }],
    }
  }
}
