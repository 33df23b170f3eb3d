import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../blob-store.ts'
import { S3BlobStore } from './s3-blob-store.ts'
import { S3Client, type S3Location, type S3Patience } from './s3-client.ts'
import { misconfiguration } from './s3-failure.ts'
import type { S3Credentials } from './sign-request.ts'
import { Spool } from './spool.ts'
import { abortAbandoned, detectCapabilities, type S3Capabilities } from './upload.ts'

export interface S3Options {
  readonly location: S3Location
  readonly credentials: S3Credentials
  /** Where pictures wait until they are whole. Made when it is needed; nothing stays in it. */
  readonly spoolDirectory: string
  readonly patience?: S3Patience
  /** Larger blobs are sent in parts of this size. S3 wants 5 MiB or more. */
  readonly partBytes?: number
  /** How many objects a listing gives at a time, 1,000 at most. */
  readonly pageSize?: number
}

/** Stores of blobs that share a bucket. */
export interface S3Blobs {
  /** The blobs of one kind, under a folder of the bucket. */
  store(folder: string): BlobStore
  capabilities(): Promise<S3Capabilities>
  /** Ends the connections. */
  close(): void
}

const PART_BYTES = 32 * 1024 * 1024

/**
 * Opens a bucket, and ends the uploads that a crash left in it. A store that can't be reached just now is no
 * obstacle: what needs it fails until it is back.
 *
 * @throws SenioError `parameter-invalid` when it answers that the bucket, the region or the keys are wrong
 */
export async function openS3Blobs(options: S3Options): Promise<S3Blobs> {
  const { pageSize = 1000 } = options
  const client = new S3Client(options.location, options.credentials, options.patience)
  const spool = new Spool(options.spoolDirectory, options.partBytes ?? PART_BYTES)
  let detected: Promise<S3Capabilities> | null = null
  const capabilities = (): Promise<S3Capabilities> => {
    detected ??= detectCapabilities(client).catch((error: unknown) => {
      detected = null
      throw error
    })
    return detected
  }
  try {
    await client.sendForText({
      method: 'GET',
      key: null,
      query: { 'list-type': '2', 'max-keys': '1', prefix: '' },
    })
    await abortAbandoned(client, Date.now())
  } catch (error) {
    const reason = misconfiguration(error)
    if (reason !== null) {
      client.close()
      throw wrongSettings(options.location, reason, error)
    }
  }
  return {
    store: (folder) => new S3BlobStore({ client, folder, spool, capabilities, pageSize }),
    capabilities,
    close: () => client.close(),
  }
}

function wrongSettings({ bucket, endpoint }: S3Location, reason: string, cause: unknown): SenioError {
  return new SenioError(
    'parameter-invalid',
    `The bucket "${bucket}" at ${endpoint.origin} cannot be used. ${reason} Check --blob-url and the keys.`,
    { field: 'blob-url', cause },
  )
}
