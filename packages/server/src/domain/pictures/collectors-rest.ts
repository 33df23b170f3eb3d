import { durationMs, MINUTE, SECOND, SenioError } from '@senio/protocol'
import type { TaskStore } from '../../storage/task-store.ts'

/** One for each backup that goes on at a time. */
const TASKS = Array.from({ length: 8 }, (_, index) => `backup ${index + 1}`)
/** Whoever has died keeps the collectors from their work no longer than that. */
const TAKEN = durationMs(2 * MINUTE)
const RENEWED_EVERY = durationMs(30 * SECOND)

/** Whether somebody needs the pictures to stay, those without a value, too. */
export function doCollectorsRest(tasks: TaskStore): Promise<boolean> {
  return tasks.isAnyTaken(TASKS, TAKEN)
}

/**
 * Has no node remove pictures that lose their values while something goes on. What a node is just removing has had no value
 * for an hour, so nobody has to wait for it.
 *
 * @throws SenioError `overloaded` when too many do so already, and what `work` throws
 */
export async function whileCollectorsRest<Result>(
  tasks: TaskStore,
  work: () => Promise<Result>,
): Promise<Result> {
  let task = await takeOne(tasks)
  if (task === null) return await work()
  const keepIt = async (): Promise<void> => {
    // A process that was stopped for a while may find that its time is over.
    if (task === null || !(await tasks.prolong(task, TAKEN))) task = await takeOne(tasks)
  }
  // It may fail once: the next time comes before this one is over.
  const renewing = setInterval(() => void keepIt().catch(() => undefined), RENEWED_EVERY).unref()
  try {
    return await work()
  } finally {
    clearInterval(renewing)
    if (task !== null) await tasks.release(task).catch(() => undefined)
  }
}

/** null where nothing can be written, and so nothing be removed. */
async function takeOne(tasks: TaskStore): Promise<string | null> {
  try {
    for (const task of TASKS) if (await tasks.claim(task, TAKEN)) return task
  } catch (error) {
    // What lies on a disk that takes nothing any more can still be saved.
    if (error instanceof SenioError && error.fault === 'Unavailable') return null
    throw error
  }
  throw new SenioError(
    'overloaded',
    `${TASKS.length} backups are under way already. Wait until one is done; one that was killed counts for two minutes more.`,
  )
}
