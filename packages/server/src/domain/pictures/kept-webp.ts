import { buffer } from 'node:stream/consumers'
import type { BlobRef, BlobStore } from '../../storage/blob-store.ts'

/**
 * A WebP picture that was kept; null when none was. Stores of what can be made again need not survive a power cut:
 * what it left half written is removed.
 */
export async function readKept(store: BlobStore, ref: BlobRef): Promise<Uint8Array | null> {
  const blob = await store.open(ref)
  if (blob === null) return null
  const bytes = await buffer(blob.stream())
  if (isWholeWebp(bytes)) return bytes
  await store.delete(ref)
  return null
}

/** Keeps it under the ref, or leaves nothing behind. */
export async function keep(store: BlobStore, ref: BlobRef, bytes: Uint8Array): Promise<void> {
  const draft = await store.create()
  try {
    await draft.write(bytes)
    await draft.commit(ref)
  } catch (error) {
    await draft.discard()
    throw error
  }
}

/** RFC 9649 section 2.4: the container tells how many bytes follow its first 8. */
function isWholeWebp(bytes: Buffer): boolean {
  return (
    bytes.length >= 8 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.readUInt32LE(4) + 8 === bytes.length
  )
}
