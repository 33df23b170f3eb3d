import { imageMediaTypes, SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { ImageState, StoredImage } from '../../image-store.ts'
import type { Statements } from '../connection.ts'
import { hexOf, numberOf, numberOrNullOf, type Row, textOf } from './rows.ts'

/** Columns of table `image`, in the form that `imageOf` reads. */
export const IMAGE_COLUMNS = 'sha1, sha256, media_type, bytes, width, height, damaged, state, created'

/** Whether any value refers to a picture. */
export const IS_USED = "EXISTS (SELECT 1 FROM value WHERE v = image.sha1 AND typeof(v) = 'blob')"

const STATES: readonly ImageState[] = ['pending', 'ready', 'failed']

export function imageOf(row: Row): StoredImage {
  return {
    sha1: hexOf(row, 'sha1'),
    sha256: hexOf(row, 'sha256'),
    mediaType: oneOf(imageMediaTypes, textOf(row, 'media_type')),
    bytes: numberOf(row, 'bytes'),
    width: numberOrNullOf(row, 'width'),
    height: numberOrNullOf(row, 'height'),
    damaged: numberOf(row, 'damaged') === 1,
    state: oneOf(STATES, textOf(row, 'state')),
    created: timestampMs(numberOf(row, 'created')),
  }
}

/** `ImageStore.find`. */
export function readImages(
  statements: Statements,
  sha1s: readonly string[],
): ReadonlyMap<string, StoredImage> {
  const select = statements.get(`SELECT ${IMAGE_COLUMNS} FROM image WHERE sha1 = ?`)
  const images = new Map<string, StoredImage>()
  for (const sha1 of sha1s) {
    const row = select.get(Buffer.from(sha1, 'hex'))
    if (row !== undefined) images.set(sha1, imageOf(row))
  }
  return images
}

/** `ImageStore.list`. */
export function readImagePage(
  statements: Statements,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): readonly StoredImage[] {
  return statements
    .get(`SELECT ${IMAGE_COLUMNS} FROM image WHERE sha1 > ? ORDER BY sha1 LIMIT ?`)
    .all(Buffer.from(after ?? '', 'hex'), limit)
    .map(imageOf)
}

/** `ImageStore.countPending`: the index of pending ones holds no others. */
export function readPendingCount(statements: Statements): number {
  return numberOf(
    statements.get("SELECT count(*) AS n FROM image WHERE state = 'pending'").get() ?? { n: 0 },
    'n',
  )
}

/** `ImageStore.unreferenced`: a scan of all pictures, in steps. */
export function* readUnreferenced(
  statements: Statements,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Generator<void, readonly string[], void> {
  const images = statements.db
    .prepare(
      `SELECT sha1, ${IS_USED} AS is_used FROM image WHERE sha1 > ? AND unreferenced IS NULL ORDER BY sha1`,
    )
    .iterate(Buffer.from(after ?? '', 'hex'))
  const found: string[] = []
  for (const row of images) {
    if (numberOf(row, 'is_used') === 0) found.push(hexOf(row, 'sha1'))
    if (found.length >= limit) break
    yield
  }
  return found
}

/** `ImageStore.unreferencedSince`: the index holds no others than those with a note. */
export function readUnreferencedSince(
  statements: Statements,
  { before, limit }: { readonly before: TimestampMs; readonly limit: number },
): readonly string[] {
  return statements
    .get(
      `SELECT sha1 FROM image WHERE unreferenced < ? AND NOT ${IS_USED} ORDER BY unreferenced, sha1 LIMIT ?`,
    )
    .all(before, limit)
    .map((row) => hexOf(row, 'sha1'))
}

function oneOf<Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new SenioError('defect', `The database holds a picture with the unexpected "${text}".`)
}
