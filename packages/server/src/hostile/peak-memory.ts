import { readFile, writeFile } from 'node:fs/promises'
import { memoryInUse } from './memory-in-use.ts'

const KIB = 1024
/** ms between two looks where the system doesn't keep the peak itself. */
const LOOK_EVERY = 5

/** What something gives, and by how many bytes this process's memory was larger at the most while it went on. */
export async function withPeak<Result>(
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly peak: number }> {
  memoryInUse()
  const before = process.memoryUsage.rss()
  const keepsPeak = await forgetPeak()
  let seen = before
  const timer = setInterval(() => {
    seen = Math.max(seen, process.memoryUsage.rss())
  }, LOOK_EVERY)
  try {
    const result = await run()
    return { result, peak: (keepsPeak ? await highestSince() : seen) - before }
  } finally {
    clearInterval(timer)
  }
}

/** Linux: from now on the highest size of the process is that since now. False where that can't be had. */
function forgetPeak(): Promise<boolean> {
  return writeFile('/proc/self/clear_refs', '5').then(
    () => true,
    () => false,
  )
}

async function highestSince(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) * KIB
}
