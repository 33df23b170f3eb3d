import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { BlobRef, BlobStore } from '../../storage/blob-store.ts'

/** Of the SHA-256 that follows the picture: programs that show WebP don't look beyond its end. */
const DIGEST_BYTES = 32

/**
 * A WebP picture that was kept, byte for byte; null when none was. Stores of what can be made again need not survive a
 * power cut, and nobody looks after them: what isn't as it was kept is removed.
 */
export async function readKept(store: BlobStore, ref: BlobRef): Promise<Uint8Array | null> {
  const blob = await store.open(ref)
  if (blob === null) return null
  const kept = await buffer(blob.stream())
  const bytes = kept.subarray(0, Math.max(0, kept.length - DIGEST_BYTES))
  if (digestOf(bytes).equals(kept.subarray(bytes.length))) return bytes
  await store.delete(ref)
  return null
}

/** Keeps it under the ref, or leaves nothing behind. */
export async function keep(store: BlobStore, ref: BlobRef, bytes: Uint8Array): Promise<void> {
  const draft = await store.create()
  try {
    await draft.write(bytes)
    await draft.write(digestOf(bytes))
    await draft.commit(ref)
  } catch (error) {
    await draft.discard()
    throw error
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
