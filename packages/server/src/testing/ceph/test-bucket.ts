import { inject } from 'vitest'
import { orSkipLoudly } from '../or-skip-loudly.ts'
import type { S3Server } from './bucket.ts'

export { createBucket, type TestBucket } from './bucket.ts'

/** The run's S3 server; null where there is none, which is said aloud, and an error in CI. */
export async function s3Server(): Promise<S3Server | null> {
  const response = await fetch(inject('cephBroker'))
  if (!response.ok) throw new Error(`The object store for the tests did not start: ${await response.text()}`)
  const server = (await response.json()) as S3Server | { readonly missing: string }
  return orSkipLoudly('object store', server)
}
