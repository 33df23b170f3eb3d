import { createHash, type Hash } from 'node:crypto'
import type { StoredMeasurement, StoredValue } from '../../storage/measurement-store.ts'
import type { FieldId } from '../../storage/sensor-store.ts'

/** Doubles that are hashed at once. */
const BLOCK = 4096

/** All values of a field in the order of time, as a hash. */
class FieldDigest {
  readonly #hash: Hash = createHash('sha256')
  readonly #doubles = new Float64Array(BLOCK)
  #used = 0
  #count = 0

  add(timestamp: number, value: StoredValue): void {
    this.#count++
    this.#double(timestamp)
    if (typeof value === 'number') return this.#double(value)
    this.#flush()
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    this.#hash.update(`${typeof value} ${bytes.length} `).update(bytes)
  }

  end(): string {
    this.#flush()
    return `${this.#count} ${this.#hash.digest('hex')}`
  }

  #double(value: number): void {
    if (this.#used === BLOCK) this.#flush()
    this.#doubles[this.#used++] = value
  }

  #flush(): void {
    this.#hash.update(new Uint8Array(this.#doubles.buffer, 0, this.#used * 8))
    this.#used = 0
  }
}

/** A sensor's measurements as a hash a field and one of their tags. Two digests are the same where the data are. */
export class MeasurementDigest {
  readonly #fields: ReadonlyMap<FieldId, FieldDigest>
  readonly #tags: Hash = createHash('sha256')
  #measurements = 0

  constructor(fields: readonly FieldId[]) {
    this.#fields = new Map(fields.map((field) => [field, new FieldDigest()]))
  }

  get measurements(): number {
    return this.#measurements
  }

  /** In the order of time. */
  add({ timestamp, values, tags }: StoredMeasurement): void {
    this.#measurements++
    for (const { field, value } of values) this.#fields.get(field)?.add(timestamp, value)
    if (tags !== null) this.#tags.update(`${timestamp} ${JSON.stringify(tags)}\n`)
  }

  /** To be called once. */
  end(): string {
    const fields = [...this.#fields].map(([field, digest]) => `${field}: ${digest.end()}`)
    return [...fields, `tags: ${this.#tags.digest('hex')}`].join('\n')
  }
}
