import { SenioError } from '@senio/protocol'
import { parseBoundary } from './boundary.ts'
import { ByteSource } from './byte-source.ts'
import { DelimitedReader } from './delimited-reader.ts'
import { malformed } from './malformed.ts'
import { type PartHead, parsePartHead } from './part-head.ts'

/** One part of a form. */
export interface Part extends PartHead {
  /** The name of the form's field. Non-empty, no control characters; not yet known to be a field's name. */
  readonly name: string
  /** Whether a file name was given. The file name itself is ignored, whatever it holds. */
  readonly isFile: boolean
  /** As declared, lower case, without parameters; `text/plain` when nothing is declared. Not to be trusted. */
  readonly mediaType: string
  /** The bytes, to be read once and before the next part is asked for; what isn't read is skipped then. */
  readonly body: AsyncIterable<Uint8Array>
}

export interface MultipartOptions {
  /** The request's Content-Type header. */
  readonly contentType: string
  readonly limits: {
    /** Greatest number of parts. */
    readonly parts: number
  }
}

const MAX_HEAD_BYTES = 16 * 1024
/** Where heads were gathered, to be used again: memory outside of the heap makes V8 collect garbage more often. */
const rooms: Buffer[] = []
const MAX_ROOMS = 16
const MAX_PREAMBLE_BYTES = 1024
const MAX_EPILOGUE_BYTES = 1024
const NOT_BLANK = /[^ \t\r\n]/

/**
 * The parts of a multipart/form-data body (RFC 7578), in their order, as the source delivers them: it is read
 * only as fast as the parts are. Anything irregular is an error, as soon as it is seen; in particular the
 * iteration ends without one only when the final boundary was there.
 *
 * As with any loop, the source's `return` is called when it isn't read to its end: one that belongs to a connection
 * on which an answer is still to be sent must not close it then. Errors of the source pass through as they are.
 *
 * @throws SenioError `malformed-multipart`, `too-many-parts`, `invalid-utf8` (a part's name),
 *   `unsupported-content-type` (not multipart/form-data)
 */
export async function* parseMultipart(
  source: AsyncIterable<Uint8Array>,
  options: MultipartOptions,
): AsyncGenerator<Part, void, undefined> {
  const boundary = parseBoundary(options.contentType)
  const bytes = new ByteSource(source)
  const reader = new DelimitedReader(bytes, boundary)
  const room = rooms.pop() ?? Buffer.allocUnsafeSlow(MAX_HEAD_BYTES)
  try {
    await skipPreamble(reader)
    for (let parts = 0; await isPartAhead(bytes, room); parts++) {
      if (parts === options.limits.parts) throw tooManyParts(options.limits.parts)
      const body = new PartBody(reader)
      yield { ...(await readHead(bytes, room)), body }
      await body.skipRest()
    }
    await expectBlankEnd(bytes)
  } finally {
    if (rooms.length < MAX_ROOMS) rooms.push(room)
    await bytes.close()
  }
}

/** The bytes of one part. Shares its place with the parser, so leaving a loop over it early loses nothing. */
class PartBody implements AsyncIterable<Uint8Array> {
  readonly #reader: DelimitedReader
  #ended = false

  constructor(reader: DelimitedReader) {
    this.#reader = reader
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk
  }

  async skipRest(): Promise<void> {
    while (!this.#ended) await this.#next()
  }

  async #next(): Promise<Buffer | null> {
    if (this.#ended) return null
    const step = await this.#reader.next()
    if (step === 'end') {
      throw malformed('The body ends inside a part: it was cut short, or the final boundary is missing.')
    }
    if (step !== 'delimiter') return step
    this.#ended = true
    return null
  }
}

/** RFC 2046 allows text before the first boundary; nobody needs much of it. */
async function skipPreamble(reader: DelimitedReader): Promise<void> {
  let length = 0
  for (let step = await reader.next(); step !== 'delimiter'; step = await reader.next()) {
    if (step === 'end') throw malformed('The body does not hold the boundary that its Content-Type declares.')
    length += step.length
    if (length > MAX_PREAMBLE_BYTES) throw malformed('The body does not begin with the declared boundary.')
  }
}

/** Reads the rest of a boundary's line: false for the final one. */
async function isPartAhead(bytes: ByteSource, room: Buffer): Promise<boolean> {
  const line = await bytes.readUntil('\r\n', room.subarray(0, MAX_EPILOGUE_BYTES))
  const text = line.bytes.toString('latin1')
  const isFinal = text.startsWith('--')
  const isBlank = !NOT_BLANK.test(isFinal ? text.slice(2) : text) && !/[\r\n]/.test(text)
  if (!isBlank || line.ended === 'limit') {
    throw malformed('A boundary is followed by other bytes on its line; lines end with CR LF.')
  }
  if (isFinal) return false
  if (line.ended !== 'mark') throw malformed('The body ends at a boundary that is not the final one.')
  return true
}

async function readHead(bytes: ByteSource, room: Buffer): Promise<PartHead> {
  // The line break of the boundary counts: a block without headers is one empty line.
  room.write('\r\n', 'latin1')
  const { bytes: block, ended } = await bytes.readUntil('\r\n\r\n', room, 2)
  if (ended === 'source') throw malformed('The body ends inside the headers of a part.')
  if (ended === 'limit') {
    throw malformed(`The headers of a part take more than ${MAX_HEAD_BYTES / 1024} KiB, or never end.`)
  }
  return parsePartHead(block.subarray(2))
}

async function expectBlankEnd(bytes: ByteSource): Promise<void> {
  let length = 0
  for (let chunk = await bytes.next(); chunk !== null; chunk = await bytes.next()) {
    length += chunk.length
    if (length > MAX_EPILOGUE_BYTES || NOT_BLANK.test(chunk.toString('latin1'))) {
      throw malformed('The body goes on behind its final boundary.')
    }
  }
}

function tooManyParts(limit: number): SenioError {
  return new SenioError(
    'too-many-parts',
    `The multipart body has more than ${limit} parts. Send one json part and one part per image field.`,
  )
}
