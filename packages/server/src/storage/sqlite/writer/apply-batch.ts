import { runStatement } from '../run-statement.ts'
import { SenioError, type Tags, tagWords } from '@senio/protocol'
import type { NewImage } from '../../image-store.ts'
import type { Statements } from '../connection.ts'
import { describeFailure, isStorageFailure, type SqliteFailure } from '../failures.ts'
import type { AppendBatch, Placed } from './append-batch.ts'
import { LiveFields } from './live-fields.ts'
import { RollupWriter } from './rollup-writer.ts'
import type { Transactions } from './transactions.ts'
import { ValueWriter } from './value-writer.ts'

/** Per call: null when it is stored, or why nothing of it was. */
export type BatchResult = readonly (SqliteFailure | null)[]

/** Stores batches of measurements, each in one transaction. */
export class BatchApplier {
  readonly #statements: Statements
  readonly #transactions: Transactions
  readonly #liveFields: LiveFields
  readonly #rollups: RollupWriter
  readonly #values: ValueWriter

  constructor(statements: Statements, transactions: Transactions) {
    this.#statements = statements
    this.#transactions = transactions
    this.#liveFields = new LiveFields(statements)
    this.#rollups = new RollupWriter(statements)
    this.#values = new ValueWriter(statements, this.#rollups)
  }

  /** Resolves with each call's outcome; throws when none of them could be stored. */
  apply(batch: AppendBatch): BatchResult {
    const calls = batch.callEnds.map((_, call) => call)
    try {
      return this.#applyTogether(batch, calls)
    } catch (error) {
      // One call that SQLite itself refuses must not take the others down: each gets a transaction of its own.
      if (calls.length <= 1 || isStorageFailure(describeFailure(error))) throw error
      this.#applyTogether(batch, [])
      return calls.map((call) => {
        try {
          return this.#applyTogether(batch, [call])[0] ?? null
        } catch (failure) {
          return describeFailure(failure)
        }
      })
    }
  }

  /** What it remembers of rollups was changed by others of this connection. */
  forgetRollups(): void {
    this.#rollups.reset()
  }

  #applyTogether(batch: AppendBatch, calls: readonly number[]): BatchResult {
    try {
      return this.#transactions.run(() => {
        this.#liveFields.refresh()
        const results = calls.map((call) => this.#applyCall(batch, call))
        this.#values.flush()
        this.#rollups.flush()
        // Once: with all of the calls, or with none when each of them has its own transaction.
        if (calls.length !== 1 || batch.callEnds.length === 1) {
          for (const statement of batch.statements) runStatement(this.#statements, statement)
        }
        return results
      })
    } catch (error) {
      this.#values.reset()
      this.#rollups.reset()
      throw error
    }
  }

  #applyCall(batch: AppendBatch, call: number): SqliteFailure | null {
    const first = call === 0 ? 0 : at(batch.callEnds, call - 1)
    const end = at(batch.callEnds, call)
    const images = at(batch.images, call)
    const refusal = this.#refuseFields(batch.numbers, first, end) ?? this.#refuseImages(images)
    if (refusal !== null) return describeFailure(refusal)
    for (const image of images) this.#storeImage(image)
    this.#takeValues(batch, first, end)
    for (let t = firstFrom(batch.tags, first); t < batch.tags.length; t++) {
      const { at: position, thing } = at(batch.tags, t)
      if (position >= end) break
      this.#storeTags(at(batch.numbers, position + 1), at(batch.numbers, position), thing)
    }
    return null
  }

  #refuseFields(numbers: Float64Array, first: number, end: number): SenioError | null {
    for (let position = first; position < end;) {
      const sensor = at(numbers, position + 1)
      const values = position + 3
      position = values + 2 * at(numbers, position + 2)
      for (let value = values; value < position; value += 2) {
        if (this.#liveFields.find(at(numbers, value))?.sensor !== sensor) {
          return new SenioError('not-found', 'The sensor or one of its fields was deleted in the meantime.')
        }
      }
    }
    return null
  }

  #takeValues({ numbers, values: others }: AppendBatch, first: number, end: number): void {
    let next = firstFrom(others, first)
    for (let position = first; position < end;) {
      const timestamp = at(numbers, position)
      const values = position + 3
      position = values + 2 * at(numbers, position + 2)
      for (let value = values; value < position; value += 2) {
        const field = at(numbers, value)
        const type = this.#liveFields.find(field)?.type
        if (type === undefined)
          throw new SenioError('defect', 'A field was not checked before its value was stored.')
        const other = others[next]
        if (other?.at === value + 1) next++
        this.#values.add(
          field,
          type,
          timestamp,
          other?.at === value + 1 ? other.thing : at(numbers, value + 1),
        )
      }
    }
  }

  #refuseImages(images: readonly NewImage[]): SenioError | null {
    const select = this.#statements.get('SELECT sha256 FROM image WHERE sha1 = ?')
    const seen = new Map<string, string>()
    for (const { sha1, sha256 } of images) {
      const stored = select.get(Buffer.from(sha1, 'hex'))?.['sha256']
      const known = stored instanceof Uint8Array ? Buffer.from(stored).toString('hex') : seen.get(sha1)
      if (known !== undefined && known !== sha256) {
        return new SenioError(
          'image-hash-collision',
          'Other bytes with the same SHA-1 are stored already. These bytes were made to collide and are refused.',
        )
      }
      seen.set(sha1, sha256)
    }
    return null
  }

  #storeImage(image: NewImage): void {
    this.#statements
      .get(
        `INSERT INTO image (sha1, sha256, media_type, bytes, width, height, damaged, created)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET unreferenced = NULL WHERE unreferenced IS NOT NULL`,
      )
      .run(
        Buffer.from(image.sha1, 'hex'),
        Buffer.from(image.sha256, 'hex'),
        image.mediaType,
        image.bytes,
        image.width,
        image.height,
        image.damaged ? 1 : 0,
        image.created,
      )
  }

  #storeTags(sensor: number, timestamp: number, tags: string): void {
    const select = this.#statements.get('SELECT tags FROM measurement_tags WHERE sensor = ? AND ts = ?')
    const old = select.get(sensor, timestamp)?.['tags']
    if (old === tags) return
    if (typeof old === 'string') {
      const remove = this.#statements.get('DELETE FROM tag_word WHERE sensor = ? AND word = ? AND ts = ?')
      for (const word of tagWords(JSON.parse(old) as Tags)) remove.run(sensor, word, timestamp)
    }
    this.#statements
      .get('INSERT INTO measurement_tags VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tags = excluded.tags')
      .run(sensor, timestamp, tags)
    const add = this.#statements.get('INSERT INTO tag_word VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    for (const word of tagWords(JSON.parse(tags) as Tags)) add.run(sensor, word, timestamp)
  }
}

/** The index of the first that lies at `position` or after it; the length when there is none. */
function firstFrom(placed: readonly Placed<unknown>[], position: number): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(placed, middle).at < position) low = middle + 1
    else high = middle
  }
  return low
}

function at<T>(items: { readonly length: number; readonly [index: number]: T }, index: number): T {
  if (index >= items.length) throw new SenioError('defect', 'A batch of measurements is inconsistent.')
  return items[index] as T
}
