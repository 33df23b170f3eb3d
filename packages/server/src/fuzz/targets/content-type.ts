import { parseBoundary } from '../../transport/http/multipart/boundary.ts'
import { formBody, inChunks } from '../../transport/http/multipart/form-samples.ts'
import { parseMultipart } from '../../transport/http/multipart/parse-multipart.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

const LINE_FEED = 0x0a

function boundaryOf(contentType: string): Outcome<string> {
  try {
    return { value: parseBoundary(contentType) }
  } catch (error) {
    return refusal(error)
  }
}

async function parse(
  contentType: string,
  bytes: Uint8Array,
  sizes: readonly number[],
): Promise<Outcome<unknown>> {
  const parts: unknown[] = []
  try {
    for await (const { name, body } of parseMultipart(inChunks(bytes, sizes), {
      contentType,
      limits: { parts: 20 },
    })) {
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(Uint8Array.from(chunk))
      parts.push([name, Buffer.concat(chunks).toString('latin1')])
    }
    return { value: parts }
  } catch (error) {
    return refusal(error)
  }
}

/**
 * A Content-Type, as a header brings it, and after the first line feed a body. A boundary that is taken is one of RFC 2046, and
 * parts the form that is written with it.
 */
export const contentType: FuzzTarget = {
  name: 'content-type',
  modules: ['/transport/http/multipart/'],
  dictionary: [
    'multipart/form-data',
    'Multipart/Form-Data ',
    'boundary=',
    'BOUNDARY=',
    ';',
    '; ',
    ';\t',
    '"',
    '\\"',
    '\\',
    '=',
    '/',
    ':',
    '?',
    "'",
    ' ',
    ',',
    'charset=utf-8',
    'x'.repeat(70),
    'x'.repeat(71),
    '----WebKitFormBoundary',
    '\xe4',
    '\0',
    '--',
    '\r\n',
    '\n--a\r\n',
    '--a--',
    'Content-Disposition: form-data; name="b"\r\n\r\n',
  ],
  seeds: async () =>
    [
      'multipart/form-data; boundary=a',
      'multipart/form-data;boundary="a b:c"',
      'multipart/form-data; charset=utf-8; boundary=a/b=c; x="\\"; boundary=d"',
      'multipart/form-data ; boundary=a ; boundary=b',
      'multipart/form-data',
      'multipart/form-datas; boundary=a',
      'application/json',
      "multipart/form-data; boundary='()+_,-./:=?0",
    ].map((header) =>
      Buffer.concat([Buffer.from(`${header}\n`), formBody([{ name: 'b', body: Buffer.from('x') }], 'a')]),
    ),
  async run(input) {
    const bytes = Buffer.from(input)
    const feed = bytes.indexOf(LINE_FEED)
    const header = bytes.toString('latin1', 0, feed < 0 ? bytes.length : feed)
    const body = feed < 0 ? Buffer.alloc(0) : bytes.subarray(feed + 1)
    const found = boundaryOf(header)
    const whole = await parse(header, body, [])
    promiseEqual(await parse(header, body, [1, 7, 2]), whole, 'pieces are read as the whole is')
    if (!('value' in found)) {
      promise(
        ['unsupported-content-type', 'malformed-multipart'].includes(found.code),
        `${found.code} is what a bad header is answered with`,
      )
      promiseEqual(whole, found, 'without a boundary there is no form')
      return
    }
    const boundary = found.value
    promise(
      /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/.test(boundary),
      'a boundary is one of RFC 2046',
    )
    const quoted = `multipart/form-data; boundary="${boundary}"`
    promiseEqual(boundaryOf(quoted), found, 'a boundary means the same in quotes')
    promiseEqual(await parse(quoted, body, []), whole, 'and its form, too')
    const content = body.toString('latin1')
    if (content.includes(boundary)) return
    const written = formBody(
      [
        { name: 'b', body },
        { name: 'c', body: Buffer.alloc(0) },
      ],
      boundary,
    )
    const read = {
      value: [
        ['b', content],
        ['c', ''],
      ],
    }
    promiseEqual(await parse(header, written, []), read, 'what is written with a boundary is read with it')
  },
}
