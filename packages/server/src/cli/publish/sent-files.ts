import { appendFile, readFile } from 'node:fs/promises'
import { z } from 'zod'

const entrySchema = z.object({
  /** Where it went: publish address and field. */
  to: z.string(),
  name: z.string(),
  bytes: z.number(),
  /** Of the file, ms since the epoch. */
  modified: z.number(),
  /** Under which it was published; null when the server refused the file. */
  timestamp: z.number().nullable(),
})

export type SentFile = z.infer<typeof entrySchema>

/** A file as a look at the directory gives it. */
export type SeenFile = Pick<SentFile, 'name' | 'bytes' | 'modified'>

/**
 * What was published of a directory, in a text file with one JSON object a line. Lines are only ever appended: a
 * crash costs the last one at most, and then a picture is sent twice, which changes nothing.
 */
export class SentFiles {
  readonly #file: string
  readonly #to: string
  readonly #sent = new Map<string, SentFile>()
  readonly #timestamps = new Set<number>()

  private constructor(file: string, to: string) {
    this.#file = file
    this.#to = to
  }

  /** @param to where the files go: what went elsewhere doesn't count */
  static async load(file: string, to: string): Promise<SentFiles> {
    const sent = new SentFiles(file, to)
    for (const line of (await readOrEmpty(file)).split('\n')) {
      const entry = parseEntry(line)
      if (entry !== null && entry.to === to) sent.#remember(entry)
    }
    return sent
  }

  /** A file of the same name that has changed since counts as new. */
  has({ name, bytes, modified }: SeenFile): boolean {
    const entry = this.#sent.get(name)
    return entry !== undefined && entry.bytes === bytes && entry.modified === modified
  }

  /**
   * The instant under which to publish a file: two pictures of the same second must not replace each other.
   * @param preferred ms since the epoch
   */
  freeTimestamp(name: string, preferred: number): number {
    const before = this.#sent.get(name)?.timestamp
    if (before === preferred) return preferred
    let timestamp = preferred
    while (this.#timestamps.has(timestamp)) timestamp++
    return timestamp
  }

  async add(file: SeenFile, timestamp: number | null): Promise<void> {
    const entry: SentFile = { to: this.#to, ...file, timestamp }
    this.#remember(entry)
    await appendFile(this.#file, `${JSON.stringify(entry)}\n`)
  }

  #remember(entry: SentFile): void {
    this.#sent.set(entry.name, entry)
    if (entry.timestamp !== null) this.#timestamps.add(entry.timestamp)
  }
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function parseEntry(line: string): SentFile | null {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
