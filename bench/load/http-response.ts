import type { Answer, ResponseReader } from './response-reader.ts'

const HEAD_END = '\r\n\r\n'
/** Bytes of a head; nothing that we measure sends more. */
const MAX_HEAD = 64 * 1024

/**
 * Just enough of HTTP/1.1 to know the status and the end of an answer: Content-Length and chunked. Bodies are
 * counted and dropped.
 */
export class HttpResponseReader implements ResponseReader {
  /** What has come of a head that isn't whole. */
  #head: Buffer | null = null
  #status = 0
  #bytes = 0
  /** Bytes of the body, or of the current chunk with its line end, that are still to come. */
  #missing = 0
  #chunks: ChunkedBody | null = null
  #isInBody = false

  push(chunk: Buffer): Answer | null {
    let rest = chunk
    if (!this.#isInBody) {
      const seen: Buffer = this.#head === null ? chunk : Buffer.concat([this.#head, chunk])
      const end = seen.indexOf(HEAD_END)
      if (end < 0) {
        if (seen.length > MAX_HEAD) throw new Error('The head of an answer has no end.')
        this.#head = seen
        return null
      }
      this.#head = null
      this.#readHead(seen.toString('latin1', 0, end))
      rest = seen.subarray(end + HEAD_END.length)
    }
    return this.#readBody(rest)
  }

  #readHead(head: string): void {
    this.#status = Number(head.slice(9, 12))
    if (!head.startsWith('HTTP/1.1 ') || !(this.#status >= 200)) {
      throw new Error(`Not an answer of HTTP/1.1: ${head.slice(0, 80)}`)
    }
    this.#isInBody = true
    this.#bytes = 0
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    const isChunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head)
    if (length === undefined && !isChunked && this.#status !== 204) {
      throw new Error('An answer has neither a length nor chunks.')
    }
    this.#chunks = isChunked ? new ChunkedBody() : null
    this.#missing = Number(length ?? 0)
  }

  #readBody(part: Buffer): Answer | null {
    if (this.#chunks !== null) {
      if (!this.#chunks.push(part)) return null
      this.#bytes = this.#chunks.bytes
    } else {
      this.#bytes += part.length
      this.#missing -= part.length
      if (this.#missing > 0) return null
      if (this.#missing < 0) throw new Error('An answer is longer than its Content-Length.')
    }
    this.#isInBody = false
    return { status: this.#status, bytes: this.#bytes }
  }
}

/** Follows the chunks of RFC 9112 section 7.1 to the last one. */
class ChunkedBody {
  /** Bytes of the chunks' data so far. */
  bytes = 0
  #line = ''
  /** Bytes of data to come, then two of its line end; below zero while a line of size or trailer is read. */
  #missing = -1
  #isLast = false

  /** Whether that was the end. */
  push(part: Buffer): boolean {
    for (let at = 0; at < part.length;) {
      if (this.#missing > 0) {
        const taken = Math.min(this.#missing, part.length - at)
        this.#missing -= taken
        at += taken
        if (this.#missing === 0) this.#missing = -1
        continue
      }
      const end = part.indexOf(0x0a, at)
      this.#line += part.toString('latin1', at, end < 0 ? part.length : end)
      if (end < 0) return false
      at = end + 1
      if (this.#endLine()) return true
    }
    return false
  }

  /** Whether the line was the empty one after the last chunk and its trailers. */
  #endLine(): boolean {
    const line = this.#line.trimEnd()
    this.#line = ''
    if (this.#isLast) return line === ''
    const size = Number.parseInt(line, 16)
    if (!(size >= 0)) throw new Error(`Not the size of a chunk: ${line.slice(0, 40)}`)
    this.bytes += size
    if (size === 0) this.#isLast = true
    else this.#missing = size + 2
    return false
  }
}
