import { firstTag, tags, xmlText } from './xml.ts'

interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** When it was written, ms since the epoch. */
  readonly modified: number
}

/** A page of what a bucket holds. */
export interface ListPage {
  readonly objects: readonly ListedObject[]
  /** After which key the next page begins; null when this is the last one. */
  readonly next: string | null
}

/**
 * Reads the answer to ListObjectsV2.
 *
 * @param after the key after which this page was asked to begin; empty for the first one
 * @throws Error when it isn't such an answer, or one that would be asked for over and over
 */
export function readListAnswer(answer: string, after: string): ListPage {
  const objects = [...tags(answer, 'Contents')].map((entry) => ({
    key: xmlText(firstTag(entry, 'Key') ?? ''),
    bytes: sizeOf(firstTag(entry, 'Size') ?? ''),
    modified: Date.parse(firstTag(entry, 'LastModified') ?? ''),
  }))
  const isSound = objects.every(({ bytes, modified }) => !Number.isNaN(bytes + modified))
  if (!isSound) throw new Error('The object store lists an object without a size or time.')
  if (firstTag(answer, 'IsTruncated') !== 'true') return { objects, next: null }
  const next = objects.at(-1)?.key ?? ''
  if (Buffer.compare(Buffer.from(next), Buffer.from(after)) <= 0) {
    throw new Error('The object store lists the same page again.')
  }
  return { objects, next }
}

/** NaN when it is none. */
function sizeOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN
}

/** An upload in parts that was begun and not ended. */
export interface ListedUpload {
  readonly key: string
  readonly uploadId: string
  /** ms since the epoch; NaN when the store doesn't say. */
  readonly initiated: number
}

/** A page of the uploads that a bucket waits for. */
export interface UploadPage {
  readonly uploads: readonly ListedUpload[]
  /** After which the next page begins; null when this is the last one. */
  readonly next: Pick<ListedUpload, 'key' | 'uploadId'> | null
}

/**
 * Reads the answer to ListMultipartUploads.
 *
 * @param after where this page was asked to begin; null for the first one
 * @throws Error when it is one that would be asked for over and over
 */
export function readUploadsAnswer(answer: string, after: UploadPage['next']): UploadPage {
  const uploads = [...tags(answer, 'Upload')].map((found) => ({
    key: xmlText(firstTag(found, 'Key') ?? ''),
    uploadId: xmlText(firstTag(found, 'UploadId') ?? ''),
    initiated: Date.parse(firstTag(found, 'Initiated') ?? ''),
  }))
  if (firstTag(answer, 'IsTruncated') !== 'true') return { uploads, next: null }
  const next = {
    key: xmlText(firstTag(answer, 'NextKeyMarker') ?? ''),
    uploadId: xmlText(firstTag(answer, 'NextUploadIdMarker') ?? ''),
  }
  const order = Buffer.compare(Buffer.from(next.key), Buffer.from(after?.key ?? ''))
  // The uploads of one key come in an order of the store's own.
  const isFurther = order > 0 || (order === 0 && next.key !== '' && next.uploadId !== after?.uploadId)
  if (!isFurther || uploads.length === 0) throw new Error('The object store lists the same uploads again.')
  return { uploads, next }
}
