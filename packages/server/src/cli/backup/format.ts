import { sha1Schema, timestampSchema } from '@senio/protocol/api'
import { z } from 'zod'

/** Names of a backup's entries, in their order; see docs/formats/backup.md. */
export const DATABASE_ENTRY = 'senio.db'
export const MANIFEST_ENTRY = 'manifest.json'
const PICTURE_ENTRY = /^pictures\/([0-9a-f]{40})$/

export function pictureEntry(sha1: string): string {
  return `pictures/${sha1}`
}

/** The SHA-1 that an entry's name says; null for entries that are no pictures. */
export function sha1OfEntry(name: string): string | null {
  return PICTURE_ENTRY.exec(name)?.[1] ?? null
}

/** Largest manifest that is read: it grows with the number of lost pictures only. */
export const MAX_MANIFEST_BYTES = 64 * 1024 * 1024

/** The last entry: without it a backup is not complete. */
export const manifestSchema = z.object({
  format: z.literal('senio-backup'),
  version: z.literal(1),
  created: timestampSchema,
  /** The database holds the SHA-256 of every picture, so that this one vouches for all. */
  database: z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  pictures: z.object({ count: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() }),
  /** Pictures of the database whose bytes were missing or damaged already, and are not in the backup. */
  lost: z.array(sha1Schema),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The directory of a backup folder that holds its pictures, as a data directory keeps originals. */
export const PICTURES = 'pictures'
const DATABASE_OF_FOLDER = /^senio-[0-9a-f]{16}\.db$/

export function isDatabaseOfFolder(name: string): boolean {
  return DATABASE_OF_FOLDER.test(name)
}

/** What counts in a backup folder: without it there is none. */
export const folderManifestSchema = manifestSchema.extend({
  format: z.literal('senio-backup-folder'),
  /** null where the database is backed up by tools of its own. */
  database: manifestSchema.shape.database.extend({ file: z.string().regex(DATABASE_OF_FOLDER) }).nullable(),
  /** Which share of the pictures that were there already was verified; absent in those of earlier versions. */
  verifiedShare: z.number().int().nonnegative().optional(),
})
export type FolderManifest = z.infer<typeof folderManifestSchema>
