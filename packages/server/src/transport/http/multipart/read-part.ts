import { SenioError } from '@senio/protocol'
import type { HeldBody } from '../../../domain/overload/body-memory.ts'
import { GatheredBytes } from '../body/gathered-bytes.ts'
import type { Part } from './parse-multipart.ts'

/**
 * The bytes of a part, which is read to its end.
 *
 * @param held counts them
 * @throws SenioError `body-too-large` when it has more than `maxBytes` bytes, `overloaded`, and what
 *   `parseMultipart` throws
 */
export async function readPart(part: Part, maxBytes: number, held: HeldBody): Promise<Uint8Array> {
  const gathered = new GatheredBytes(held, maxBytes)
  for await (const chunk of part.body) {
    if (gathered.length + chunk.length > maxBytes) {
      throw new SenioError('body-too-large', `The part "${part.name}" has more than ${maxBytes} bytes.`, {
        field: part.name,
      })
    }
    gathered.add(chunk)
  }
  return gathered.bytes
}
