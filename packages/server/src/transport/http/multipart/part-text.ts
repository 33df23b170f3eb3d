import { SenioError } from '@senio/protocol'
import type { Part } from './parse-multipart.ts'

/**
 * The text of a part, which is read to its end. One byte order mark at its beginning is dropped.
 *
 * @throws SenioError `body-too-large` when it has more than `maxBytes` bytes, `invalid-utf8`, and what
 *   `parseMultipart` throws
 */
export async function readPartText(part: Part, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of part.body) {
    length += chunk.length
    if (length > maxBytes) {
      throw new SenioError('body-too-large', `The part "${part.name}" has more than ${maxBytes} bytes.`, {
        field: part.name,
      })
    }
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, length))
  } catch (cause) {
    throw new SenioError('invalid-utf8', `The part "${part.name}" is not valid UTF-8.`, {
      field: part.name,
      cause,
    })
  }
}
