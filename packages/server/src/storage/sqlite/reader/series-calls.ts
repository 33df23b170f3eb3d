import type { Series } from '../../measurement-store.ts'
import type { SeriesQuery } from './series.ts'

interface Waiting {
  readonly query: SeriesQuery
  resolve(series: Series): void
  reject(error: unknown): void
}

/**
 * Sends the queries that are asked at once, such as those for the fields of a graph, to the reader thread as one: a
 * message there and back costs as much as some hundred values.
 */
export class SeriesCalls {
  readonly #read: (queries: readonly SeriesQuery[]) => Promise<readonly Series[]>
  #waiting: Waiting[] = []

  constructor(read: (queries: readonly SeriesQuery[]) => Promise<readonly Series[]>) {
    this.#read = read
  }

  ask(query: SeriesQuery): Promise<Series> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ query, resolve, reject })
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#send())
    })
  }

  async #send(): Promise<void> {
    const asked = this.#waiting
    this.#waiting = []
    try {
      const answers = await this.#read(asked.map(({ query }) => query))
      for (const [index, series] of answers.entries()) asked[index]?.resolve(series)
    } catch (error) {
      for (const waiting of asked) waiting.reject(error)
    }
  }
}
