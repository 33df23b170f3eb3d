import { open, rm } from 'node:fs/promises'
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { median } from '../report/statistics.ts'

/** What the figures depend on besides the programs. */
export interface MachineFacts {
  readonly processor: string
  readonly cores: number
  readonly memory: number
  readonly system: string
  readonly node: string
  /** Processes that wanted a core in the minute before the run: more than a few tenths of one disturb it. */
  readonly load: number
  /** Median ms of an fsync of 4 KiB in the directory of the benchmark, without any delay of ours. */
  readonly fsync: number
}

const FSYNCS = 100

/** @param dir where the programs under test keep their data */
export async function machineFacts(dir: string): Promise<MachineFacts> {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memory: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
    fsync: await measureFsync(dir),
  }
}

async function measureFsync(dir: string): Promise<number> {
  const path = join(dir, 'fsync-test')
  const file = await open(path, 'w')
  const block = Buffer.alloc(4096, 1)
  const times: number[] = []
  for (let index = 0; index < FSYNCS; index++) {
    await file.write(block)
    const start = performance.now()
    await file.sync()
    times.push(performance.now() - start)
  }
  await file.close()
  await rm(path)
  return median(times)
}
