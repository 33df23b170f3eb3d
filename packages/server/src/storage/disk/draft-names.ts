import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Drafts are named after the process that writes them: `<machine>-<pid>-<start>-<random>`. So a store that opens
 * can tell the drafts of a crash from those of a process that lives.
 */
const DRAFT_NAME = /^(?<machine>[0-9a-f]{8})-(?<pid>\d+)-(?<start>\d+)-[0-9a-f]{32}$/

/** A draft that can't be told to be a living process's is left alone for this long, in ms: no upload takes longer. */
const GRACE_MS = 60 * 60 * 1000

/** The process that a draft belongs to, as far as names go. */
export interface DraftOwner {
  /** Hash of the host's name: in containers, process ids mean nothing outside of theirs. */
  readonly machine: string
  readonly pid: number
  /** When the process started, in the system's ticks; 0 where the system doesn't tell. */
  readonly start: number
}

export function thisProcess(): DraftOwner {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
  return { machine, pid: process.pid, start: startOf(process.pid) ?? 0 }
}

export function draftName({ machine, pid, start }: DraftOwner): string {
  return `${machine}-${pid}-${start}-${randomUUID().replaceAll('-', '')}`
}

/**
 * Whether a file among the drafts was left behind.
 * @param age since it was last written, in ms
 */
export function isAbandoned(name: string, age: number, here: DraftOwner): boolean {
  const owner = DRAFT_NAME.exec(name)?.groups
  if (owner === undefined || owner['machine'] !== here.machine) return age > GRACE_MS
  const pid = Number(owner['pid'])
  if (!isAlive(pid)) return true
  // The id may have gone to another process, above all in containers, where it's always the same.
  const start = startOf(pid)
  return start === null ? age > GRACE_MS : start !== Number(owner['start'])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: somebody else's, but alive.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** When a process started; null where /proc doesn't tell. */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): field 22, counted from after the command's name, which may hold anything but is in parentheses.
    const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isSafeInteger(start) ? start : null
  } catch {
    return null
  }
}
