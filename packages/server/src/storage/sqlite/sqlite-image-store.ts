import type { DecodedImage, ImageStore } from '../image-store.ts'
import { IMAGE_COLUMNS, imageOf, IS_USED } from './reader/images.ts'
import type { Reader } from './reader/reader.ts'
import { hexOf } from './reader/rows.ts'
import type { Writer } from './writer/writer.ts'

/** Facts about pictures in SQLite: see docs/formats/data-dir.md. */
export function sqliteImageStore(reader: Reader, writer: Writer): ImageStore {
  /** Findings on their way to the database: whoever asks sees them at once. */
  const finishing = new Map<string, { readonly decoded: DecodedImage; readonly written: Promise<void> }>()
  return {
    async find(sha1s) {
      const found = new Map(await reader.call('images', sha1s))
      for (const [sha1, image] of found) found.set(sha1, { ...image, ...finishing.get(sha1)?.decoded })
      return found
    },

    async claimPending(limit, now, until) {
      const { rows } = await writer.write({
        sql: `UPDATE image SET claimed_until = ? WHERE sha1 IN (
                SELECT sha1 FROM image WHERE state = 'pending' AND (claimed_until <= ? OR claimed_until > ?)
                ORDER BY created, sha1 LIMIT ?) RETURNING ${IMAGE_COLUMNS}`,
        parameters: [until, now, until + (until - now), limit],
      })
      // RETURNING promises no order.
      return rows.map(imageOf).toSorted((a, b) => a.created - b.created || (a.sha1 < b.sha1 ? -1 : 1))
    },

    async release(sha1s) {
      if (sha1s.length === 0) return
      await writer.write({
        sql: `UPDATE image SET claimed_until = 0
              WHERE sha1 IN (SELECT unhex(value) FROM json_each(?)) AND state = 'pending'`,
        parameters: [JSON.stringify(sha1s)],
      })
    },

    async finish(sha1, decoded) {
      const { width, height, damaged, state } = decoded
      const written = writer.rideAlong({
        sql: 'UPDATE image SET width = ?, height = ?, damaged = ?, state = ?, claimed_until = 0 WHERE sha1 = unhex(?)',
        parameters: [width, height, damaged ? 1 : 0, state, sha1],
      })
      finishing.set(sha1, { decoded, written })
      await written.finally(() => finishing.delete(sha1))
    },

    async retry({ sha1, width, height, damaged }) {
      await finishing.get(sha1)?.written
      await writer.write({
        sql: `UPDATE image SET state = 'pending', width = ?, height = ?, damaged = ?, claimed_until = 0
              WHERE sha1 = unhex(?) AND state = 'failed'`,
        parameters: [width, height, damaged ? 1 : 0, sha1],
      })
    },

    countPending: () => reader.call('countPending', undefined),

    unreferenced: (after, limit) => reader.call('unreferenced', { after, limit }),

    async noteUnreferenced(sha1s, now) {
      if (sha1s.length === 0) return
      await writer.write({
        sql: `UPDATE image SET unreferenced = ? WHERE sha1 IN (SELECT unhex(value) FROM json_each(?))
                AND unreferenced IS NULL AND NOT ${IS_USED}`,
        parameters: [now, JSON.stringify(sha1s)],
      })
    },

    unreferencedSince: (before, limit) => reader.call('unreferencedSince', { before, limit }),

    async forget(sha1s, before) {
      const { rows } = await writer.write({
        sql: `DELETE FROM image WHERE sha1 IN (SELECT unhex(value) FROM json_each(?))
                AND unreferenced < ? AND NOT ${IS_USED}
              RETURNING sha1`,
        parameters: [JSON.stringify(sha1s), before],
      })
      return rows.map((row) => hexOf(row, 'sha1'))
    },

    list: (after, limit) => reader.call('imagePage', { after, limit }),
  }
}
