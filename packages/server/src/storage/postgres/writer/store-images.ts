import { SenioError } from '@senio/protocol'
import type { NewImage } from '../../image-store.ts'
import type { PostgresSession } from '../session.ts'
import { hexOf } from '../stored-value.ts'
import type { AppendCall } from './append-call.ts'

/**
 * Per call an error when a picture of it has the SHA-1 of another one; undefined otherwise. Pictures that are known are
 * held until the transaction ends, so that nobody forgets them meanwhile.
 */
export async function refuseCollisions(
  session: PostgresSession,
  calls: readonly AppendCall[],
): Promise<readonly (SenioError | undefined)[]> {
  if (calls.every(({ images }) => images.length === 0)) return []
  const known = await hold(session, sorted(calls.flatMap(({ images }) => images)))
  return calls.map(({ images }) => {
    const ofCall = new Map<string, string>()
    for (const { sha1, sha256 } of images) {
      const other = known.get(sha1) ?? ofCall.get(sha1) ?? sha256
      if (other !== sha256) return collision()
      ofCall.set(sha1, sha256)
    }
    for (const [sha1, sha256] of ofCall) known.set(sha1, sha256)
    return undefined
  })
}

/** Adds the pictures that aren't known. */
export async function storeImages(session: PostgresSession, calls: readonly AppendCall[]): Promise<void> {
  const images = sorted(calls.flatMap((call) => call.images))
  if (images.length === 0) return
  const added = await session.tuples<readonly [Buffer]>(
    `INSERT INTO image (sha1, sha256, media_type, bytes, width, height, damaged, created)
     SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::bigint[], $5::int[], $6::int[], $7::int[], $8::float8[])
     ON CONFLICT DO NOTHING RETURNING sha1`,
    images.map(({ sha1 }) => Buffer.from(sha1, 'hex')),
    images.map(({ sha256 }) => Buffer.from(sha256, 'hex')),
    images.map(({ mediaType }) => mediaType),
    images.map(({ bytes }) => bytes),
    images.map(({ width }) => width),
    images.map(({ height }) => height),
    images.map(({ damaged }) => (damaged ? 1 : 0)),
    images.map(({ created }) => created),
  )
  if (added.length === images.length) return
  // Another node has added one since we looked.
  const known = await hold(session, images)
  if (images.some(({ sha1, sha256 }) => known.get(sha1) !== sha256)) throw collision()
}

/** Their SHA-256 by SHA-1, of those that are there. That they have no value is noted no longer. */
async function hold(session: PostgresSession, images: readonly NewImage[]): Promise<Map<string, string>> {
  const rows = await session.tuples<readonly [Buffer, Buffer, boolean]>(
    'SELECT sha1, sha256, unreferenced IS NOT NULL FROM image WHERE sha1 = ANY($1::bytea[]) ORDER BY sha1 FOR KEY SHARE',
    images.map(({ sha1 }) => Buffer.from(sha1, 'hex')),
  )
  const noted = rows.filter(([, , isNoted]) => isNoted).map(([sha1]) => sha1)
  if (noted.length > 0) {
    // In the order in which all nodes take them.
    await session.run(
      `UPDATE image SET unreferenced = NULL WHERE sha1 IN
         (SELECT sha1 FROM image WHERE sha1 = ANY($1::bytea[]) ORDER BY sha1 FOR NO KEY UPDATE)`,
      [noted],
    )
  }
  return new Map(rows.map(([sha1, sha256]) => [hexOf(sha1), hexOf(sha256)]))
}

/** Each once, the first of them; in the order in which all nodes take them. */
function sorted(images: readonly NewImage[]): readonly NewImage[] {
  const first = new Map<string, NewImage>()
  for (const image of images) if (!first.has(image.sha1)) first.set(image.sha1, image)
  return [...first.values()].sort((a, b) => (a.sha1 < b.sha1 ? -1 : 1))
}

function collision(): SenioError {
  return new SenioError(
    'image-hash-collision',
    'Other bytes with the same SHA-1 are stored already. These bytes were made to collide and are refused.',
  )
}
