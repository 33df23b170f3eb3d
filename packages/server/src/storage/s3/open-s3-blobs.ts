import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../blob-store.ts'
import type { PlaceMark } from '../place-mark.ts'
import type { Upkeep } from '../storage.ts'
import { abortAbandoned } from './abandoned-uploads.ts'
import { BucketWatch } from './bucket-watch.ts'
import { S3BlobStore } from './s3-blob-store.ts'
import { S3Client, type S3Location, type S3Patience, STANDARD_PATIENCE } from './s3-client.ts'
import { misconfiguration, reasonOf } from './s3-failure.ts'
import { s3PlaceMark } from './s3-place-mark.ts'
import type { S3Credentials } from './sign-request.ts'
import { Spool } from './spool.ts'
import { detectCapabilities, type S3Capabilities } from './upload.ts'

export interface S3Options {
  readonly location: S3Location
  readonly credentials: S3Credentials
  /** Where pictures wait until they are whole. Made when it is needed; nothing stays in it. */
  readonly spoolDirectory: string
  readonly patience?: S3Patience
  /** Larger blobs are sent in parts of this size. S3 wants 5 MiB or more. */
  readonly partBytes?: number
  /** How many objects or uploads a listing gives at a time, 1,000 at most. */
  readonly pageSize?: number
  /** Told when the bucket can't be used, with what to do, and with null when it can be again. */
  readonly onChange?: ((failure: SenioError | null) => void) | undefined
}

/** Stores of blobs that share a bucket. */
export interface S3Blobs {
  /** The blobs of one kind, under a folder of the bucket. */
  store(folder: string): BlobStore
  /** The mark of the blobs under a folder. */
  placeMark(folder: string): PlaceMark
  capabilities(): Promise<S3Capabilities>
  /** Ends the uploads in parts that a crash left behind. */
  readonly upkeep: Upkeep
  /** Why the bucket can't be used at the moment, as far as is known; null when it can. */
  failure(): SenioError | null
  /** Ends the connections. */
  close(): void
}

const PART_BYTES = 32 * 1024 * 1024

/** A look at whether the bucket can be used waits so many ms at most: a start waits for it. */
const LOOK_TIMEOUT = 5000
/** ms between looks at a bucket that can't be used. */
const LOOK_PAUSE = 1000

/**
 * Opens a bucket, and removes the files that a crash left in the spool. A store that can't be reached just now is no
 * obstacle, but told: what needs it fails until it is back, which is noticed and told as well.
 *
 * @throws SenioError `parameter-invalid` when it answers that the bucket, the region or the keys are wrong
 */
export async function openS3Blobs(options: S3Options): Promise<S3Blobs> {
  const { location, credentials, pageSize = 1000, patience = STANDARD_PATIENCE } = options
  let isOpen = false
  const watch = watchBucket(options, patience, (failure) => {
    // Whoever opens it gets to know by the error.
    if (isOpen || failure?.code !== 'parameter-invalid') options.onChange?.(failure)
  })
  const client = new S3Client(location, credentials, patience, watch)
  const spool = new Spool(options.spoolDirectory, options.partBytes ?? PART_BYTES)
  await spool.tidy()
  let detected: Promise<S3Capabilities> | null = null
  const capabilities = (): Promise<S3Capabilities> => {
    detected ??= detectCapabilities(client).catch((error: unknown) => {
      detected = null
      throw error
    })
    return detected
  }
  const close = (): void => {
    watch.close()
    client.close()
  }
  await watch.look()
  if (watch.failure?.code === 'parameter-invalid') {
    close()
    throw watch.failure
  }
  isOpen = true
  return {
    store: (folder) =>
      new S3BlobStore({ client, folder, spool, capabilities, pageSize, failure: () => watch.failure }),
    placeMark: (folder) =>
      s3PlaceMark(client, folder, `${location.bucket}/${location.prefix}`.replace(/\/$/, ''), capabilities),
    capabilities,
    upkeep: { name: 'abandoned uploads', run: () => abortAbandoned(client, Date.now(), pageSize) },
    failure: () => watch.failure,
    close,
  }
}

function watchBucket(
  { location, credentials }: S3Options,
  patience: S3Patience,
  onChange: (failure: SenioError | null) => void,
): BucketWatch {
  const brief = new S3Client(location, credentials, {
    ...patience,
    idle: Math.min(patience.idle, LOOK_TIMEOUT),
    answer: Math.min(patience.answer, LOOK_TIMEOUT),
    total: LOOK_TIMEOUT,
    attempts: 2,
  })
  return new BucketWatch({
    async look() {
      const query = { 'list-type': '2', 'max-keys': '1', prefix: '' }
      try {
        await brief.sendForText({ method: 'GET', key: null, query })
      } finally {
        brief.close()
      }
    },
    explain: (error) => unusable(location, error),
    onChange,
    pause: LOOK_PAUSE,
  })
}

/** For whoever started the server: what is wrong, what it means, what to do. */
function unusable({ bucket, endpoint }: S3Location, error: unknown): SenioError {
  const subject = `The bucket "${bucket}" at ${endpoint.origin} cannot be used`
  const wrong = misconfiguration(error)
  if (wrong !== null) {
    const detail = `${subject}. ${wrong} Check --blob-url and the keys.`
    return new SenioError('parameter-invalid', detail, { field: 'blob-url', cause: error })
  }
  return new SenioError(
    'storage-failing',
    `${subject} at the moment: ${reasonOf(error)}. Until it answers, pictures can be neither stored nor read, and all else goes on; ` +
      'that it is back is noticed without a restart. Look whether the object store runs, and whether the endpoint of --blob-url is right.',
    { cause: error },
  )
}
