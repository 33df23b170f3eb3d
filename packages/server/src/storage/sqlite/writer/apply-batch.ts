import { runStatement } from '../run-statement.ts'
import { SenioError, type Tags, tagWords } from '@senio/protocol'
import type { NewImage } from '../../image-store.ts'
import type { StoredValue } from '../../measurement-store.ts'
import type { Statements } from '../connection.ts'
import { describeFailure, isStorageFailure, type SqliteFailure } from '../failures.ts'
import type { AppendBatch } from './append-batch.ts'
import { LiveFields } from './live-fields.ts'
import { RollupWriter } from './rollup-writer.ts'
import type { Transactions } from './transactions.ts'

/** Per call: null when it is stored, or why nothing of it was. */
export type BatchResult = readonly (SqliteFailure | null)[]

/** Stores batches of measurements, each in one transaction. */
export class BatchApplier {
  readonly #statements: Statements
  readonly #transactions: Transactions
  readonly #liveFields: LiveFields
  readonly #rollups: RollupWriter

  constructor(statements: Statements, transactions: Transactions) {
    this.#statements = statements
    this.#transactions = transactions
    this.#liveFields = new LiveFields(statements)
    this.#rollups = new RollupWriter(statements)
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
        this.#rollups.flush()
        // Once: with all of the calls, or with none when each of them has its own transaction.
        if (calls.length !== 1 || batch.callEnds.length === 1) {
          for (const statement of batch.statements) runStatement(this.#statements, statement)
        }
        return results
      })
    } catch (error) {
      this.#rollups.reset()
      throw error
    }
  }

  #applyCall(batch: AppendBatch, call: number): SqliteFailure | null {
    const first = call === 0 ? 0 : at(batch.callEnds, call - 1)
    const end = at(batch.callEnds, call)
    const images = batch.images.slice(
      call === 0 ? 0 : at(batch.imageEnds, call - 1),
      at(batch.imageEnds, call),
    )
    const refusal = this.#refuseFields(batch, first, end) ?? this.#refuseImages(images)
    if (refusal !== null) return describeFailure(refusal)
    for (const image of images) this.#storeImage(image)
    for (let m = first; m < end; m++) {
      const timestamp = at(batch.timestamps, m)
      for (let v = m === 0 ? 0 : at(batch.valueEnds, m - 1); v < at(batch.valueEnds, m); v++) {
        this.#storeValue(at(batch.fields, v), timestamp, at(batch.values, v))
      }
      const tags = at(batch.tags, m)
      if (tags !== null) this.#storeTags(at(batch.sensors, m), timestamp, tags)
    }
    return null
  }

  #refuseFields(batch: AppendBatch, first: number, end: number): SenioError | null {
    for (let m = first; m < end; m++) {
      const sensor = at(batch.sensors, m)
      for (let v = m === 0 ? 0 : at(batch.valueEnds, m - 1); v < at(batch.valueEnds, m); v++) {
        if (this.#liveFields.find(at(batch.fields, v))?.sensor !== sensor) {
          return new SenioError('not-found', 'The sensor or one of its fields was deleted in the meantime.')
        }
      }
    }
    return null
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
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
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

  #storeValue(field: number, timestamp: number, value: StoredValue): void {
    const insert = this.#statements.get('INSERT INTO value VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    const type = this.#liveFields.find(field)?.type
    if (type === undefined)
      throw new SenioError('defect', 'A field was not checked before its value was stored.')
    if (insert.run(field, timestamp, value).changes !== 0) {
      this.#rollups.added(field, type, timestamp, value)
      return
    }
    const old = this.#statements.get('SELECT v FROM value WHERE field = ? AND ts = ?').get(field, timestamp)
    // Compared here, not in SQL, where -0 equals 0.
    if (isSame(old?.['v'], value)) return
    this.#statements.get('UPDATE value SET v = ? WHERE field = ? AND ts = ?').run(value, field, timestamp)
    this.#rollups.touched(field, type, timestamp)
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

function isSame(old: unknown, value: StoredValue): boolean {
  if (old instanceof Uint8Array && value instanceof Uint8Array) return Buffer.compare(old, value) === 0
  return Object.is(old, value)
}

function at<T>(items: readonly T[], index: number): T {
  if (index >= items.length) throw new SenioError('defect', 'A batch of measurements is inconsistent.')
  return items[index] as T
}
