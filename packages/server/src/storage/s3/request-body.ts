import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { RequestBody } from './exchange.ts'

/** A short body. */
export function textBody(text: string): RequestBody {
  const bytes = Buffer.from(text)
  return {
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: () => Readable.from([bytes], { objectMode: false }),
  }
}
