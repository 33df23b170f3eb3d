import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'

const ROOT = '/sys/fs/cgroup'
/** µs; the shorter, the more evenly a share is spread over time. */
const PERIOD = 10_000

/** Holds processes, and what they start, to a part of one processor, as if the machine were that small. */
export class ProcessorShare implements Disposable {
  readonly #group: string

  private constructor(group: string) {
    this.#group = group
  }

  /**
   * @param share 1 = a whole processor
   * @throws Error where the system has no control groups, or keeps them from us
   */
  static hold(processes: readonly number[], share: number): ProcessorShare {
    const quota = Math.round(share * PERIOD)
    try {
      const group = existsSync(`${ROOT}/cgroup.controllers`)
        ? makeGroup(ROOT, { 'cpu.max': `${quota} ${PERIOD}` })
        : makeGroup(`${ROOT}/cpu`, { 'cpu.cfs_period_us': `${PERIOD}`, 'cpu.cfs_quota_us': `${quota}` })
      for (const process_ of processes) writeFileSync(`${group}/cgroup.procs`, `${process_}`)
      return new ProcessorShare(group)
    } catch (error) {
      throw new Error('A share of a processor needs Linux, control groups for it, and root.', {
        cause: error,
      })
    }
  }

  /** Lets those go that still run. */
  [Symbol.dispose](): void {
    const parent = this.#group.slice(0, this.#group.lastIndexOf('/'))
    try {
      for (const process_ of readFileSync(`${this.#group}/cgroup.procs`, 'utf8').split('\n')) {
        if (process_ !== '') writeFileSync(`${parent}/cgroup.procs`, process_)
      }
      rmdirSync(this.#group)
    } catch {
      // Some of them has ended meanwhile: an empty group does no harm.
    }
  }
}

function makeGroup(parent: string, settings: Readonly<Record<string, string>>): string {
  const group = `${parent}/senio-bench-${process.pid}`
  mkdirSync(group)
  for (const [name, value] of Object.entries(settings)) writeFileSync(`${group}/${name}`, value)
  return group
}
