import { Readable } from 'node:stream'
import { SenioError } from '@senio/protocol'
import type { BlobDraft, BlobLinks, BlobRef, BlobStore, StoredBlob } from '../blob-store.ts'
import { type ListPage, readListAnswer } from './list-answer.ts'
import type { S3Client } from './s3-client.ts'
import { S3Refusal, s3Failure } from './s3-failure.ts'
import type { Spool, SpooledBlob } from './spool.ts'
import { exists, type S3Capabilities, upload } from './upload.ts'

export interface S3BlobStoreOptions {
  readonly client: S3Client
  /** What the blobs' keys begin with: `<folder>/<sha1>`. */
  readonly folder: string
  readonly spool: Spool
  /** Asked when the first blob is stored. */
  readonly capabilities: () => Promise<S3Capabilities>
  /** Why the bucket can't be used, as far as is known; null when it can. Then nobody is kept waiting. */
  readonly failure: () => SenioError | null
  /** How many objects a listing gives at a time, 1,000 at most. */
  readonly pageSize: number
}

const REF = /^[0-9a-f]{40}$/

/** Blobs as objects of an S3-compatible store: see docs/formats/bucket.md. Several nodes may share it. */
export class S3BlobStore implements BlobStore {
  readonly links: BlobLinks
  readonly #options: S3BlobStoreOptions

  constructor(options: S3BlobStoreOptions) {
    this.#options = options
    const { client } = options
    this.links = {
      origin: client.origin,
      make: (ref, mediaType, seconds) =>
        client.link(
          this.#keyOf(ref),
          { 'content-type': mediaType, 'cache-control': `private, max-age=${seconds}` },
          seconds,
        ),
    }
  }

  async create(): Promise<BlobDraft> {
    const { client, spool, capabilities } = this.#usable()
    return new S3Draft(spool.begin(), async (ref, blob) => {
      const key = this.#keyOf(ref)
      await upload(client, key, blob.parts(), await capabilities())
    })
  }

  async open(ref: BlobRef): Promise<StoredBlob | null> {
    const { client } = this.#usable()
    const key = this.#keyOf(ref)
    const response = await client.send({ method: 'HEAD', key, accept: [404] })
    response.resume()
    if (response.statusCode === 404) return null
    const { 'content-length': length, etag = '', 'last-modified': modified = '' } = response.headers
    const bytes = Number(length)
    return {
      bytes,
      version: `${bytes} ${etag} ${modified}`,
      stream: ({ start, end } = { start: 0, end: bytes }) =>
        Readable.from(read(client, key, sameAs(etag), start, Math.min(end, bytes)), { objectMode: false }),
    }
  }

  async has(ref: BlobRef): Promise<boolean> {
    return exists(this.#usable().client, this.#keyOf(ref))
  }

  async delete(ref: BlobRef): Promise<void> {
    await this.#usable().client.sendForStatus({ method: 'DELETE', key: this.#keyOf(ref), accept: [404] })
  }

  async *list(): AsyncIterable<{ readonly ref: BlobRef; readonly bytes: number; readonly modified: number }> {
    const { client, folder, pageSize } = this.#options
    const prefix = `${folder}/`
    for (let after = ''; ;) {
      const query = {
        'list-type': '2',
        'max-keys': String(pageSize),
        prefix,
        ...(after === '' ? {} : { 'start-after': after }),
      }
      const page = readPage(await client.sendForText({ method: 'GET', key: null, query }), after)
      for (const { key, bytes, modified } of page.objects) {
        const ref = key.slice(-40)
        if (client.keyOf(key) === prefix + ref && REF.test(ref)) yield { ref, bytes, modified }
      }
      if (page.next === null) return
      after = page.next
    }
  }

  /** @throws SenioError `storage-failing` at once while the bucket is known to be out of use */
  #usable(): S3BlobStoreOptions {
    const failure = this.#options.failure()
    if (failure === null) return this.#options
    throw new SenioError(
      'storage-failing',
      'The object store cannot be used at the moment. What was sent may be sent again.',
      { cause: failure, retryAfter: 3 },
    )
  }

  /** From the ref alone, and from nothing that isn't one. */
  #keyOf(ref: BlobRef): string {
    if (!REF.test(ref)) throw new SenioError('defect', 'A blob is addressed by 40 lower-case hex digits.')
    return `${this.#options.folder}/${ref}`
  }
}

/** A blob that waits in the spool until it is whole. */
class S3Draft implements BlobDraft {
  readonly #blob: SpooledBlob
  readonly #store: (ref: BlobRef, blob: SpooledBlob) => Promise<void>
  #isEnded = false

  constructor(blob: SpooledBlob, store: (ref: BlobRef, blob: SpooledBlob) => Promise<void>) {
    this.#blob = blob
    this.#store = store
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#checkUsable()
    await this.#blob.write(chunk)
  }

  async commit(ref: BlobRef): Promise<void> {
    this.#checkUsable()
    await this.#store(ref, this.#blob)
    await this.discard()
  }

  async discard(): Promise<void> {
    this.#isEnded = true
    await this.#blob.drop()
  }

  #checkUsable(): void {
    if (this.#isEnded) throw new SenioError('defect', 'A draft of a blob was used after its end.')
  }
}

/** Has a read fail once there are other bytes. A weak tag, which something before the store may make, never matches. */
function sameAs(etag: string): Readonly<Record<string, string>> {
  return etag.startsWith('"') ? { 'if-match': etag } : {}
}

/** The bytes of a range; when the connection is cut, the rest of them is asked for. */
async function* read(
  client: S3Client,
  key: string,
  condition: Readonly<Record<string, string>>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failures = 0
  for (let at = start; at < end;) {
    const range = `bytes=${at}-${end - 1}`
    const response = await client.send({ method: 'GET', key, headers: { range, ...condition } })
    if (response.statusCode !== 206) {
      response.destroy()
      throw s3Failure(new S3Refusal('GET with a range', response.statusCode ?? 0, '', ''))
    }
    try {
      for await (const chunk of response as AsyncIterable<Uint8Array>) {
        at += chunk.byteLength
        yield chunk
      }
    } catch (error) {
      if (++failures > MOST_RESUMES) throw s3Failure(error)
    }
  }
}

/** How often a download that is cut is taken up again. */
const MOST_RESUMES = 3

/** @throws SenioError `storage-failing` when it is none */
function readPage(answer: string, after: string): ListPage {
  try {
    return readListAnswer(answer, after)
  } catch (error) {
    throw s3Failure(error)
  }
}
