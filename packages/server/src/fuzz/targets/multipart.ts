import { createHash } from 'node:crypto'
import { CONTENT_TYPE, formBody, inChunks, rawBody } from '../../transport/http/multipart/form-samples.ts'
import { parseMultipart } from '../../transport/http/multipart/parse-multipart.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

/** Of longer ones each byte by itself would take long. */
const SHORT = 400

interface ParsedPart {
  readonly name: string
  readonly isFile: boolean
  readonly mediaType: string
  /** One character a byte. */
  readonly body: string
}

async function parse(bytes: Uint8Array, sizes: readonly number[]): Promise<Outcome<readonly ParsedPart[]>> {
  const parts: ParsedPart[] = []
  try {
    for await (const part of parseMultipart(inChunks(bytes, sizes), {
      contentType: CONTENT_TYPE,
      limits: { parts: 20 },
    })) {
      const chunks: Uint8Array[] = []
      for await (const chunk of part.body) chunks.push(Uint8Array.from(chunk))
      const { name, isFile, mediaType } = part
      parts.push({ name, isFile, mediaType, body: Buffer.concat(chunks).toString('latin1') })
    }
    return { value: parts }
  } catch (error) {
    return refusal(error)
  }
}

/** Sizes of chunks that depend on the bytes alone. */
function sizesFor(bytes: Uint8Array): readonly number[] {
  return [...createHash('sha1').update(bytes).digest().subarray(0, 8)].map((byte) => 1 + (byte % 60))
}

const file = (name: string, body: string) => ({
  name,
  filename: 'x.jpg',
  type: 'image/jpeg',
  body: Buffer.from(body, 'latin1'),
})
const value = (name: string, body: string) => ({ name, body: Buffer.from(body) })

/** A form is read alike in whatever pieces it comes, and what was read can be written and read again. */
export const multipart: FuzzTarget = {
  name: 'multipart',
  modules: ['/transport/http/multipart/'],
  dictionary: [
    '\r\n',
    '\n',
    '--',
    '\r\n\r\n',
    '------senio0123456789',
    '\r\n------senio0123456789--\r\n',
    '------senio0123456789\r\n',
    'Content-Disposition: form-data; name="a"',
    '; filename="x"',
    "; name*=UTF-8''%c3%a4",
    "; filename*=UTF-8''x",
    '; name="',
    '"',
    '\\"',
    '%22',
    'Content-Type: text/plain',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: binary',
    ': ',
    ';',
    '=',
    '\0',
    '\t ',
    '\xc3\xa4',
    '\xff',
  ],
  seeds: async () => [
    formBody([value('json', '{"timestamp":1}'), file('cam1', '\xff\xd8\xff\r\n--\r\n')]),
    formBody([file('cam1', ''), value('json', '{}')]),
    formBody([]),
    rawBody('Content-Disposition: form-data; name="a\\"b"; filename*=UTF-8\'\'x'),
    rawBody(
      'content-disposition:form-data;name*=utf-8\'\'%C3%A4;filename="a;b"\r\nContent-Type: IMAGE/PNG; q=1',
    ),
    Buffer.concat([Buffer.from('preamble\r\n'), formBody([value('a', 'b')]), Buffer.from('\r\n \t')]),
  ],
  async run(input) {
    const whole = await parse(input, [])
    promiseEqual(await parse(input, sizesFor(input)), whole, 'pieces are read as the whole is')
    if (input.length <= SHORT)
      promiseEqual(await parse(input, [1]), whole, 'single bytes are read as the whole is')
    if (!('value' in whole)) return
    const bytes = whole.value.reduce((sum, { body }) => sum + body.length, 0)
    promise(bytes < input.length, 'parts are no longer than the form')
    for (const { name } of whole.value) {
      promise(name !== '' && name.isWellFormed() && !/\p{Cc}/u.test(name), 'names are text')
    }
    const writable = whole.value.every(({ name }) => !/["\\%]/.test(name))
    if (!writable) return
    const written = formBody(
      whole.value.map(({ name, isFile, mediaType, body }) => ({
        name,
        ...(isFile ? { filename: 'x' } : {}),
        type: mediaType,
        body: Buffer.from(body, 'latin1'),
      })),
    )
    promiseEqual(await parse(written, []), whole, 'what was read can be written and read again')
  },
}
