/** Bodies for tests of the parser: well-formed ones from parts, and any bytes in any chunks. */

export interface SamplePart {
  readonly name: string
  /** Absent for a plain value. */
  readonly filename?: string
  readonly type?: string
  readonly body: Uint8Array
}

export const BOUNDARY = '----senio0123456789'
export const CONTENT_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/** A body as browsers build it. */
export function formBody(parts: readonly SamplePart[], boundary = BOUNDARY): Buffer {
  const pieces = parts.flatMap(({ name, filename, type, body }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const contentType = type === undefined ? '' : `\r\nContent-Type: ${type}`
    return [
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}${contentType}\r\n\r\n`,
      body,
      '\r\n',
    ]
  })
  return Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece as Uint8Array)))
}

/** A body of one part with these header lines. */
export function rawBody(head: string | Buffer, body = 'x'): Buffer {
  return Buffer.concat(
    [`--${BOUNDARY}\r\n`, head, `\r\n\r\n${body}\r\n--${BOUNDARY}--\r\n`].map((piece) =>
      Buffer.from(piece as Uint8Array),
    ),
  )
}

/** The bytes in chunks of these sizes, over and over; one chunk when there are none. */
export async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  if (sizes.length === 0) {
    yield bytes
    return
  }
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}
