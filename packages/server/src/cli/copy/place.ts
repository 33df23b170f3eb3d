import { SenioError } from '@senio/protocol'
import type { BlobLocation } from '../../config/blob-url.ts'
import { storageSettings } from '../../config/settings.ts'

/** Where an installation keeps what it keeps, as a person names it. */
export interface Place {
  /** A PostgreSQL database; null for one in the directory. */
  readonly databaseUrl: string | null
  /** A bucket; null for pictures in the directory. */
  readonly blobUrl: BlobLocation | null
  /** As it was given; null where nothing is in a directory. */
  readonly directory: string | null
}

/**
 * A place from its parts: a directory, `postgres://…` and `s3://…`, each at most once and in any order.
 * @param flag what it was given as
 * @throws SenioError `parameter-invalid`; it repeats nothing that may be a secret
 */
export function parsePlace(parts: readonly string[], flag: 'from' | 'to'): Place {
  const databases = parts.filter((part) => /^postgres(?:ql)?:\/\//.test(part))
  const buckets = parts.filter((part) => part.startsWith('s3://'))
  const directories = parts.filter((part) => !databases.includes(part) && !buckets.includes(part))
  const refuse = (problem: string): never => {
    throw new SenioError('parameter-invalid', `--${flag} ${problem}`, { field: flag })
  }
  if (parts.length === 0) refuse('is missing: name a data directory, or postgres://… and s3://…')
  for (const [kind, found] of Object.entries({ databases, buckets, directories })) {
    if (found.length > 1) refuse(`names several ${kind}.`)
  }
  const strange = directories.find((directory) => /^\w+:\/\//.test(directory))
  if (strange !== undefined) refuse('names a URL that begins neither with postgres:// nor with s3://.')
  const [databaseUrl = null] = databases
  const [bucket = null] = buckets
  const [directory = null] = directories
  if (databaseUrl === null && directory === null) {
    refuse(`names no database: add --${flag} with a data directory, or with postgres://…`)
  }
  if (bucket === null && directory === null) {
    refuse(`names no place for the pictures: add --${flag} s3://…, or the data directory that holds them.`)
  }
  return { databaseUrl, blobUrl: bucket === null ? null : parseBucket(bucket, refuse), directory }
}

function parseBucket(text: string, refuse: (problem: string) => never): BlobLocation | null {
  const result = storageSettings.blobUrl.schema.safeParse(text)
  if (!result.success)
    return refuse(`names a bucket that ${result.error.issues[0]?.message ?? 'is not valid'}.`)
  return result.data ?? null
}
