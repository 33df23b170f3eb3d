import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What everything that is started needs to know. */
export interface Bench {
  /** A directory of this run alone, on a disk; removed at the end. */
  readonly dir: string
  /** Where unpacked peers stay from run to run. */
  readonly cache: string
  /** The file of the built program. */
  readonly senio: string
  /** Put before the command of each program that stores: it slows their fsyncs. Empty = none. */
  readonly wrapper: readonly string[]
  /** A line for the person who waits. */
  readonly say: (line: string) => void
}

let directories = 0

/** A new directory for one program's data, that other users may pass through but not list. */
export async function newDataDir({ dir }: Bench, name: string): Promise<string> {
  const path = join(dir, `${name}-${++directories}`)
  await mkdir(path, { mode: 0o711 })
  return path
}
