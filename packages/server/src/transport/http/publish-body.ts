import { isUtf8 } from 'node:buffer'
import { SenioError } from '@senio/protocol'
import type { AcceptedJson, MeasurementJson } from '@senio/protocol/api'
import type { IncomingMessage } from 'node:http'
import type { Ingest, Pictures } from '../../domain/ingest/ingest.ts'
import { parseTimestampText } from '../../domain/ingest/timestamp.ts'
import type { HeldBody } from '../../domain/overload/body-memory.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import { bodyChunks, type BodyLimit, readBody } from './body/read-body.ts'
import { parseStrictJson } from './body/strict-json.ts'
import { type Part, parseMultipart } from './multipart/parse-multipart.ts'
import { readPart } from './multipart/read-part.ts'
import type { PublishWork } from './publish-work.ts'

/** Bytes of one measurement's JSON. */
const MAX_SINGLE = 1024 * 1024
/** Bytes of a batch, inflated. */
const MAX_BATCH = 8 * 1024 * 1024
/** Bytes that are read of a form after one of its parts was refused. */
const MAX_SKIPPED = 64 * 1024 * 1024
/** One `json` part and up to this many pictures. */
const MAX_PARTS = 100
/** Bytes of JSON from which what is made of it counts as held, as much again: it lives until it is stored. */
const COUNTED_JSON = 64 * 1024

const OPEN_BRACKET = 0x5b
const LINE_FEED = 0x0a

const advice = 'Send fewer measurements a request.'
const oneOrMany: BodyLimit = {
  bytes: (first) => (first === undefined || first === OPEN_BRACKET ? MAX_BATCH : MAX_SINGLE),
  advice,
}
const many: BodyLimit = { bytes: () => MAX_BATCH, advice }

export interface PublishBodyServices {
  readonly ingest: Pick<Ingest, 'publish' | 'publishMany' | 'receive' | 'stamp'>
  /** Milliseconds without a byte after which a body is given up. */
  readonly bodyTimeout: number
}

/** A request that was let in; its body is still on the wire. */
export interface PublishRequest {
  readonly request: IncomingMessage
  readonly sensor: Sensor
  readonly query: URLSearchParams
  /** What is held of it, until it is answered. */
  readonly held: HeldBody
  /** Begins when all of the JSON has come, or with a picture. */
  readonly work: Pick<PublishWork, 'begin' | 'beginPicture' | 'wait' | 'goOn'>
}

/**
 * Reads and stores what a publish request holds, whichever form it has.
 * @returns what is answered
 * @throws SenioError and what Node says of a broken connection; then nothing is stored
 */
export function readMeasurements(
  services: PublishBodyServices,
  publish: PublishRequest,
): Promise<MeasurementJson | AcceptedJson> {
  const contentType = publish.request.headers['content-type'] ?? ''
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  switch (mediaType) {
    case 'application/json':
      return readJson(services, publish)
    case 'application/x-ndjson':
      return readLines(services, publish)
    case 'multipart/form-data':
      return readMultipart(services, publish, contentType)
    case 'image/jpeg':
    case 'image/png':
    case 'image/webp':
      return readImage(services, publish)
    default:
      throw new SenioError(
        'unsupported-content-type',
        `${mediaType === '' ? 'The request has no content type' : `The content type "${mediaType.slice(0, 80)}" can't be published`}. ` +
          'Send application/json, application/x-ndjson, multipart/form-data, image/jpeg, image/png or image/webp.',
      )
  }
}

async function readJson(
  { ingest, bodyTimeout: timeout }: PublishBodyServices,
  { request, sensor, query, held, work }: PublishRequest,
): Promise<MeasurementJson | AcceptedJson> {
  const usesServerClock = wantsServerClock(query)
  const body = await readBody({ request, timeout, held }, oneOrMany)
  work.begin(body.length)
  countJson(held, body)
  const json = parseStrictJson(body)
  if (!Array.isArray(json))
    return ingest.publish(sensor, json, new Map(), usesServerClock ? await ingest.stamp() : null)
  refuseServerClock(usesServerClock)
  return { accepted: await ingest.publishMany(sensor, json) }
}

async function readLines(
  { ingest, bodyTimeout: timeout }: PublishBodyServices,
  { request, sensor, query, held, work }: PublishRequest,
): Promise<AcceptedJson> {
  refuseServerClock(wantsServerClock(query))
  const body = await readBody({ request, timeout, held }, many)
  work.begin(body.length)
  countJson(held, body)
  const measurements = [...lines(body)].map((line, index) => {
    try {
      return parseStrictJson(line)
    } catch (error) {
      throw error instanceof SenioError ? error.atIndex(index) : error
    }
  })
  return { accepted: await ingest.publishMany(sensor, measurements) }
}

function countJson(held: HeldBody, json: Uint8Array): void {
  if (json.length > COUNTED_JSON) held.grow(json.length)
}

/** The lines that hold anything. */
function* lines(body: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < body.length;) {
    const feed = body.indexOf(LINE_FEED, start)
    const end = feed < 0 ? body.length : feed
    const line = body.subarray(start, end)
    if (line.some((byte) => byte > 0x20)) yield line
    start = end + 1
  }
}

async function readMultipart(
  { ingest, bodyTimeout: timeout }: PublishBodyServices,
  { request, sensor, query, held, work }: PublishRequest,
  contentType: string,
): Promise<MeasurementJson> {
  refuseEncoding(request)
  work.beginPicture()
  const stamp = wantsServerClock(query) ? await ingest.stamp() : null
  const pictures: Pictures = new Map()
  try {
    let json: unknown
    // Whether the form is whole is known at its end, and goes before what is wrong with a part.
    let refusal: SenioError | null = null
    let skipped = 0
    const source = bodyChunks({ request, timeout, held }, work)
    for await (const part of parseMultipart(source, { contentType, limits: { parts: MAX_PARTS } })) {
      if (refusal === null) {
        try {
          if (part.name === 'json') json = await readJsonPart(part, json, held)
          else await ingest.receive(sensor, part.name, part.body, pictures)
          continue
        } catch (error) {
          if (!isAboutPart(error)) throw error
          refusal = error
        }
      }
      skipped = await skip(part, skipped)
      if (skipped > MAX_SKIPPED) throw refusal
    }
    if (refusal !== null) throw refusal
    if (json === undefined && stamp === null) throw noJsonPart()
    return await ingest.publish(sensor, json ?? {}, pictures, stamp)
  } finally {
    for (const { draft } of pictures.values()) await draft.discard()
  }
}

async function readJsonPart(part: Part, before: unknown, held: HeldBody): Promise<unknown> {
  if (before !== undefined) {
    throw new SenioError('duplicate-part', 'There are two parts named "json". Send one.', { field: 'json' })
  }
  const json = await readPart(part, MAX_SINGLE, held)
  if (!isUtf8(json)) {
    throw new SenioError('invalid-utf8', 'The part "json" is not valid UTF-8.', { field: 'json' })
  }
  countJson(held, json)
  return parseStrictJson(json)
}

/** Reads a part to no purpose, as long as there are not too many such bytes. Gives the sum of them. */
async function skip(part: Part, before: number): Promise<number> {
  let bytes = before
  for await (const chunk of part.body) {
    bytes += chunk.length
    if (bytes > MAX_SKIPPED) break
  }
  return bytes
}

/** Whether a part itself was refused, while the form and the connection are in order. */
function isAboutPart(error: unknown): error is SenioError {
  return error instanceof SenioError && (error.status === 422 || error.status === 415)
}

async function readImage(
  { ingest, bodyTimeout: timeout }: PublishBodyServices,
  { request, sensor, query, held, work }: PublishRequest,
): Promise<MeasurementJson> {
  refuseEncoding(request)
  work.beginPicture()
  const stamp = wantsServerClock(query) ? await ingest.stamp() : null
  const field = onlyOne(query, 'field')
  if (field === null) {
    throw new SenioError(
      'parameter-invalid',
      'Say which image field the picture is for: add ?field=<name> to the URL.',
      {
        field: 'field',
      },
    )
  }
  const timestamp = onlyOne(query, 'timestamp')
  const json = timestamp === null || stamp !== null ? {} : { timestamp: parseTimestampText(timestamp) }
  const pictures: Pictures = new Map()
  await ingest.receive(sensor, field, bodyChunks({ request, timeout, held }, work), pictures)
  return ingest.publish(sensor, json, pictures, stamp)
}

/** null without it. Of two nobody knows which one was meant. */
function onlyOne(query: URLSearchParams, name: string): string | null {
  const [value, ...more] = query.getAll(name)
  if (more.length === 0) return value ?? null
  throw new SenioError(
    'parameter-invalid',
    `The parameter "${name}" is there more than once. Send it once.`,
    {
      field: name,
    },
  )
}

function wantsServerClock(query: URLSearchParams): boolean {
  const clock = onlyOne(query, 'clock')
  if (clock === null || clock === 'server') return clock === 'server'
  throw new SenioError('parameter-invalid', 'The parameter "clock" can only be "server".', { field: 'clock' })
}

function refuseServerClock(usesServerClock: boolean): void {
  if (!usesServerClock) return
  throw new SenioError(
    'parameter-invalid',
    '?clock=server stamps one measurement with its arrival; a list of measurements needs a timestamp in each.',
    { field: 'clock' },
  )
}

function refuseEncoding(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return
  throw new SenioError('unsupported-encoding', 'Only JSON may come compressed; send pictures as they are.')
}

function noJsonPart(): SenioError {
  return new SenioError(
    'part-missing',
    'The part named "json" is missing. Send one that holds {"timestamp": <ms since the Unix epoch>}, or add ?clock=server to the URL.',
    { field: 'json' },
  )
}
