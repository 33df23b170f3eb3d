import { createGunzip } from 'node:zlib'
import { SenioError } from '@senio/protocol'
import type { HeldBody } from '../../../domain/overload/body-memory.ts'
import { GatheredBytes } from './gathered-bytes.ts'

/**
 * A whole gzip body inflated, no further than allowed.
 *
 * @param check told how much there is with each piece; throws when it is too much
 * @throws SenioError `malformed-gzip`, `overloaded`, and what `check` throws
 */
export function inflateBody(
  body: Uint8Array,
  held: HeldBody,
  check: (length: number) => void,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const inflated = new GatheredBytes(held)
    const gunzip = createGunzip()
    gunzip.on('data', (chunk: Uint8Array) => {
      try {
        check(inflated.length + chunk.length)
        inflated.add(chunk)
      } catch (error) {
        gunzip.destroy()
        reject(error)
      }
    })
    gunzip.on('end', () => resolve(inflated.bytes))
    gunzip.on('error', (cause) =>
      reject(
        new SenioError('malformed-gzip', 'The body is declared as gzip but cannot be inflated.', { cause }),
      ),
    )
    gunzip.end(body)
  })
}
