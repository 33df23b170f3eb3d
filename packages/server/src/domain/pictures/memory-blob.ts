import { Readable } from 'node:stream'
import type { OpenBlob } from '../../storage/blob-store.ts'

/** Bytes at hand as an open blob. */
export function memoryBlob(bytes: Uint8Array): OpenBlob {
  return {
    bytes: bytes.length,
    stream: ({ start, end } = { start: 0, end: bytes.length }) =>
      Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(start, end)]),
  }
}
