import { readdirSync, readFileSync } from 'node:fs'

/** A process and all that it started, parents before children; only itself where there is no /proc. */
export function descendants(root: number): number[] {
  const children = childrenByParent()
  const found = [root]
  for (const process of found) found.push(...(children.get(process) ?? []))
  return found
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const name of directory('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(read(`/proc/${name}/stat`))
    if (parent === null) continue
    const siblings = children.get(parent) ?? []
    siblings.push(Number(name))
    children.set(parent, siblings)
  }
  return children
}

/** The fourth field of proc_pid_stat(5); the second, a name in brackets, may hold anything. */
export function parentOf(stat: string): number | null {
  const parent = /^.*\) \S (\d+) /s.exec(stat)?.[1]
  return parent === undefined ? null : Number(parent)
}

/**
 * Memory of processes in bytes: what each has for itself and its share of what several have in common (PSS), so
 * that the sum counts every page once. NaN where the system doesn't tell.
 */
export function memoryOf(processes: readonly number[]): number {
  return sum(processes.map((process) => kilobytes(read(`/proc/${process}/smaps_rollup`), 'Pss'))) * 1024
}

/** ms of processor time that processes have used up. */
export function processorTimeOf(processes: readonly number[]): number {
  return sum(
    processes.map((process) => {
      const [user = 0, system = 0] =
        read(`/proc/${process}/stat`).split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? []
      return (user + system) * 10
    }),
  )
}

function kilobytes(text: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN)
}

function sum(values: readonly number[]): number {
  return (
    values.filter((value) => !Number.isNaN(value)).reduce((total, value) => total + value, 0) || Number.NaN
  )
}

function directory(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
