/** A part of a multipart body as a test writes it; `file` names the file, absent for a plain value. */
export interface TestPart {
  readonly name: string
  readonly body: string | Uint8Array
  readonly file?: string
  readonly mediaType?: string
}

const BOUNDARY = 'senio-test-boundary'

export const multipartType = `multipart/form-data; boundary=${BOUNDARY}`

/** A well-formed body of these parts. */
export function multipartBody(parts: readonly TestPart[]): Buffer {
  const pieces = parts.flatMap(({ name, body, file, mediaType }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n` +
        `${mediaType === undefined ? '' : `Content-Type: ${mediaType}\r\n`}\r\n`,
    ),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)])
}
