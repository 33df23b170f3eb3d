import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { run } from '../run.ts'

const DISK_BYTES = 512 * 1024 * 1024

/** ms until whoever uses the disk must have let go of it. */
const LONGEST_USE = 10_000

/**
 * Waits for a line, then asks the file system to forget what it hasn't written: EXT4_IOC_SHUTDOWN with
 * EXT4_GOING_FLAGS_NOLOGFLUSH, which is what tests of file systems take for a power cut. Node has no ioctl; Perl is part of
 * every Debian.
 */
const CUT = `open(my $d, '<', $ARGV[0]) or die "$!"; $| = 1; print "ready\\n"; <STDIN>;
  my $flags = pack('L', 2); ioctl($d, 0x8004587d, $flags) or die "$!"; print "cut\\n";`

type Perl = ChildProcessByStdio<Writable, Readable, null>

/**
 * A real ext4 in a file, mounted through a loop device, that power can be cut from: whatever the kernel had not put on
 * the disk, because nobody synced it, is gone. The journal's own commits are put off, so that luck saves little.
 */
export class JournalledDisk {
  readonly directory: string
  /** The directory around it. */
  readonly home: string
  #perl: Perl | null = null

  private constructor(home: string) {
    this.home = home
    this.directory = join(home, 'disk')
  }

  /** @returns the reason where that can't be: it takes root, loop devices and ext4 */
  static async make(): Promise<JournalledDisk | { readonly missing: string }> {
    const disk = new JournalledDisk(await mkdtemp(join(tmpdir(), 'senio-power-')))
    try {
      await mkdir(disk.directory)
      const image = await open(disk.#image, 'w')
      await image.truncate(DISK_BYTES)
      await image.close()
      await run('mkfs.ext4', ['-q', '-F', disk.#image])
      await disk.plugIn()
      return disk
    } catch (error) {
      await disk.remove()
      return { missing: error instanceof Error ? error.message : String(error) }
    }
  }

  get #image(): string {
    return join(this.home, 'image')
  }

  /** Mounts it; ext4 replays its journal. */
  async plugIn(): Promise<void> {
    await run('mount', ['-o', 'loop,commit=300', this.#image, this.directory])
    const perl = spawn('perl', ['-e', CUT, this.directory], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#perl = perl
    const [line] = (await Promise.race([once(perl.stdout, 'data'), once(perl, 'close')])) as [unknown]
    if (String(line) !== 'ready\n') throw new Error('Perl can not open the disk')
  }

  /** At once. Whoever uses the disk gets errors from now on. */
  async cutPower(): Promise<void> {
    const perl = this.#perl
    if (perl === null) throw new Error('The disk has no power.')
    this.#perl = null
    perl.stdin.end('now\n')
    const [line] = (await Promise.race([once(perl.stdout, 'data'), once(perl, 'close')])) as [unknown]
    if (String(line) !== 'cut\n') throw new Error('The power could not be cut.')
  }

  /** What ext4 does to itself after an error: from now on it can be read alone. */
  async becomeReadOnly(): Promise<void> {
    await run('mount', ['-o', 'remount,abort', this.directory])
  }

  /** Unmounts it, once nobody uses it: processes that were killed may take a moment to end. */
  async plugOut(): Promise<void> {
    this.#perl?.stdin.destroy()
    this.#perl?.kill()
    this.#perl = null
    const deadline = performance.now() + LONGEST_USE
    for (;;) {
      try {
        await run('umount', [this.directory])
        return
      } catch (error) {
        if (performance.now() > deadline || !String(error).includes('busy')) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  async remove(): Promise<void> {
    // It may not be mounted.
    await this.plugOut().catch(() => run('umount', ['--lazy', this.directory]).catch(() => null))
    await rm(this.home, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove()
  }
}
