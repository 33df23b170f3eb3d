import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** Rows of two columns, a column at a time. */
export interface TwoColumns {
  readonly first: Float64Array
  /** Doubles when all of them are numbers. */
  readonly second: Float64Array | readonly SQLOutputValue[]
}

const FIRST_ROOM = 2048

/**
 * Reads rows of two columns, the first of them numbers, without an object for each row: SQLite hands them to an
 * aggregate function of ours, which takes two thirds of the time.
 */
export class TwoColumnReader {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #first = new Float64Array(FIRST_ROOM)
  #numbers = new Float64Array(FIRST_ROOM)
  /** From the first row on that isn't a number; null while all are. */
  #others: SQLOutputValue[] | null = null
  #rows = 0

  constructor(db: DatabaseSync) {
    this.#db = db
    db.aggregate('take_rows', {
      start: null,
      step: (_, first, second) => {
        this.#take(Number(first), second)
        return null
      },
      result: () => this.#rows,
    })
  }

  /**
   * The rows in the order of the query.
   * @param sql of a query with the columns `a` and `b`
   */
  read(sql: string, ...parameters: readonly SQLInputValue[]): TwoColumns {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(`SELECT take_rows(a, b) FROM (${sql})`)
      this.#statements.set(sql, statement)
    }
    this.#rows = 0
    this.#others = null
    statement.get(...parameters)
    const second: TwoColumns['second'] = this.#others ?? this.#numbers.slice(0, this.#rows)
    this.#others = null
    return { first: this.#first.slice(0, this.#rows), second }
  }

  #take(first: number, second: SQLOutputValue): void {
    if (this.#rows === this.#first.length) this.#grow()
    const row = this.#rows++
    this.#first[row] = first
    if (this.#others === null && typeof second === 'number') this.#numbers[row] = second
    else (this.#others ??= Array.from(this.#numbers.subarray(0, row))).push(second)
  }

  #grow(): void {
    this.#first = doubled(this.#first)
    this.#numbers = doubled(this.#numbers)
  }
}

function doubled(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}
