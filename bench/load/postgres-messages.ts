import { TemplateBuilder } from './template-builder.ts'
import type { RequestTemplate } from './template.ts'
import type { Answer, ResponseReader } from './response-reader.ts'

/**
 * As much of PostgreSQL's protocol 3.0 as a client needs that is trusted, sends simple queries and copies in:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
const [QUERY, COPY_DATA, COPY_DONE] = ['Q', 'd', 'c']
const [READY, ERROR] = [0x5a, 0x45]

/** The first message on a connection. It is answered like a query. */
export function startupMessage(user: string, database: string): Buffer {
  const parameters = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + parameters.length, 0)
  head.writeUInt32BE(196_608, 4)
  return Buffer.concat([head, parameters])
}

/** A simple query; also several statements, separated by semicolons. */
export function queryTemplate(sql: string): RequestTemplate {
  return messages([[QUERY, new TemplateBuilder().text(`${sql}\0`).build()]])
}

/** A simple query that differs from request to request. */
export function variedQueryTemplate(sql: RequestTemplate): RequestTemplate {
  return messages([[QUERY, new TemplateBuilder().template(sql).text('\0').build()]])
}

/** A COPY … FROM STDIN and its data in one go: the server reads the data when it has understood the statement. */
export function copyTemplate(sql: string, data: RequestTemplate): RequestTemplate {
  return messages([
    [QUERY, new TemplateBuilder().text(`${sql}\0`).build()],
    [COPY_DATA, data],
    [COPY_DONE, new TemplateBuilder().build()],
  ])
}

function messages(
  list: readonly (readonly [type: string | undefined, body: RequestTemplate])[],
): RequestTemplate {
  const builder = new TemplateBuilder()
  for (const [type = '', body] of list) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(4 + body.bytes.length)
    builder.text(type).bytes(length).template(body)
  }
  return builder.build()
}

/** Follows the messages of an answer until the server is ready for the next query. Rows are counted as bytes. */
export class PostgresResponseReader implements ResponseReader {
  #rest: Buffer = Buffer.alloc(0)
  /** Bytes to skip of a message whose head was read. */
  #skip = 0
  #bytes = 0
  #hasError = false

  push(chunk: Buffer): Answer | null {
    this.#bytes += chunk.length
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    for (;;) {
      const skipped = Math.min(this.#skip, data.length)
      this.#skip -= skipped
      data = data.subarray(skipped)
      if (data.length < 5) break
      const type = data[0]
      const length = 1 + data.readUInt32BE(1)
      if (type === READY) {
        if (data.length < length) break
        return this.#answer()
      }
      if (type === ERROR) this.#hasError = true
      this.#skip = length
    }
    this.#rest = data
    return null
  }

  #answer(): Answer {
    const answer = { status: this.#hasError ? 500 : 200, bytes: this.#bytes }
    this.#rest = Buffer.alloc(0)
    this.#bytes = 0
    this.#hasError = false
    return answer
  }
}
