import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../run.ts'

/** A file system in memory that fills up quickly. */
export class SmallDisk {
  readonly directory: string
  #inodes = 0

  private constructor(directory: string) {
    this.directory = directory
  }

  /**
   * @param inodes how many files and directories it takes
   * @returns the reason where that can't be: it takes root
   */
  static async make(bytes: number, inodes: number): Promise<SmallDisk | { readonly missing: string }> {
    const directory = await mkdtemp(join(tmpdir(), 'senio-small-'))
    try {
      await run('mount', [
        '-t',
        'tmpfs',
        '-o',
        `size=${bytes},nr_inodes=${inodes},mode=700`,
        'senio',
        directory,
      ])
      return new SmallDisk(directory)
    } catch (error) {
      await rm(directory, { recursive: true })
      return { missing: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Takes all the room that is left. */
  async fill(): Promise<void> {
    const file = await open(join(this.directory, 'ballast'), 'a')
    try {
      for (const size of [1024 * 1024, 4096]) while (await wrote(() => file.write(Buffer.alloc(size))));
    } finally {
      await file.close()
    }
  }

  /** Takes all names that are left. */
  async fillNames(): Promise<void> {
    while (await wrote(() => writeFile(join(this.directory, `ballast-${this.#inodes}`), ''))) this.#inodes++
  }

  /** Makes room again. */
  async clear(): Promise<void> {
    await rm(join(this.directory, 'ballast'), { force: true })
    for (; this.#inodes >= 0; this.#inodes--) {
      await rm(join(this.directory, `ballast-${this.#inodes}`), { force: true })
    }
    this.#inodes = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run('umount', [this.directory]).catch(() => run('umount', ['--lazy', this.directory]))
    await rm(this.directory, { recursive: true })
  }
}

/** False when there is no room for it. */
async function wrote(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
