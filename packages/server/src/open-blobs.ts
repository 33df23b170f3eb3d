import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SenioError } from '@senio/protocol'
import type { BlobLocation } from './config/blob-url.ts'
import { openDiskBlobStore } from './storage/disk/disk-blob-store.ts'
import { diskPlaceMark } from './storage/disk/disk-place-mark.ts'
import { nodeFileSystem } from './storage/disk/file-system.ts'
import { timedFileSystem } from './storage/disk/timed-file-system.ts'
import { watchSyncs } from './storage/disk/watch-syncs.ts'
import { openS3Blobs } from './storage/s3/open-s3-blobs.ts'
import type { S3Credentials } from './storage/s3/sign-request.ts'
import type { BlobStore } from './storage/blob-store.ts'
import type { Storage, Upkeep } from './storage/storage.ts'

/** The settings about pictures. */
export interface BlobSettings {
  /** The bucket that keeps them; in the data directory when absent. */
  readonly blobUrl?: BlobLocation | undefined
  readonly s3AccessKey?: string | undefined
  readonly s3SecretKey?: string | undefined
  readonly s3SecretKeyFile?: string | undefined
  readonly s3SessionToken?: string | undefined
}

/** The stores of blobs of an installation. */
export interface Blobs {
  readonly stores: Pick<Storage, 'originals' | 'placeMark' | 'thumbs' | 'previews' | 'keograms'>
  readonly upkeep: readonly Upkeep[]
  /** See `Storage`. */
  pictureFailure(): SenioError | null
  /** After which nothing may be called any more. */
  close(): void
}

/**
 * Opens the stores of blobs: on the disk, or in a bucket.
 * @throws SenioError `storage-failing`, `storage-full`; `parameter-invalid` when the bucket can't be used
 */
export async function openBlobs(
  settings: BlobSettings & {
    readonly dataDir: string
    /** What is on the disk is in doubt: stop answering and exit. */
    readonly onFatal: (error: unknown) => void
    /** Told how many ms each fsync took. */
    readonly onSync?: ((ms: number) => void) | undefined
    /** Told when the bucket can't be used, with what to do, and with null when it can be again. */
    readonly onBucket?: ((failure: SenioError | null) => void) | undefined
  },
): Promise<Blobs> {
  const { blobUrl: location, dataDir, onFatal, onSync, onBucket } = settings
  if (location === undefined) return openDirectories(dataDir, onFatal, onSync)
  const credentials = await readCredentials(settings)
  const spoolDirectory = join(dataDir, 'spool')
  const bucket = await openS3Blobs({ location, credentials, spoolDirectory, onChange: onBucket })
  return {
    stores: {
      originals: bucket.store('originals'),
      placeMark: bucket.placeMark('originals'),
      thumbs: bucket.store('thumbs'),
      previews: bucket.store('previews'),
      keograms: bucket.store('keograms'),
    },
    upkeep: [bucket.upkeep],
    pictureFailure: () => bucket.failure(),
    close: () => bucket.close(),
  }
}

/** Pictures as a backup folder keeps them. @throws SenioError `storage-failing`, `storage-full` */
export function openPictureFolder(directory: string): Promise<BlobStore> {
  return openDiskBlobStore(directory)
}

async function openDirectories(
  dataDir: string,
  onFatal: (error: unknown) => void,
  onSync?: (ms: number) => void,
): Promise<Blobs> {
  const watched = watchSyncs(nodeFileSystem, onFatal)
  const fileSystem = onSync === undefined ? watched : timedFileSystem(watched, onSync)
  const [originals, thumbs, previews, keograms] = await Promise.all([
    openDiskBlobStore(join(dataDir, 'originals'), { fileSystem }),
    openDiskBlobStore(join(dataDir, 'thumbs'), { sync: false }),
    openDiskBlobStore(join(dataDir, 'previews'), { sync: false }),
    openDiskBlobStore(join(dataDir, 'keograms'), { sync: false }),
  ])
  return {
    stores: {
      originals,
      placeMark: diskPlaceMark(join(dataDir, 'originals'), fileSystem),
      thumbs,
      previews,
      keograms,
    },
    upkeep: [],
    pictureFailure: () => null,
    close: () => undefined,
  }
}

async function readCredentials(settings: BlobSettings): Promise<S3Credentials> {
  const { s3AccessKey: accessKey, s3SecretKeyFile: file, s3SessionToken: sessionToken = null } = settings
  const secretKey = file === undefined ? settings.s3SecretKey : await readSecret(file)
  if (accessKey !== undefined && secretKey !== undefined) return { accessKey, secretKey, sessionToken }
  throw new SenioError(
    'parameter-invalid',
    'A bucket needs its keys: set SENIO_S3_ACCESS_KEY, and SENIO_S3_SECRET_KEY or SENIO_S3_SECRET_KEY_FILE.',
    { field: accessKey === undefined ? 's3-access-key' : 's3-secret-key' },
  )
}

async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
  } catch (cause) {
    throw new SenioError(
      'parameter-invalid',
      `The file ${file} with the bucket's secret key can't be read.`,
      {
        field: 's3-secret-key-file',
        cause,
      },
    )
  }
}
