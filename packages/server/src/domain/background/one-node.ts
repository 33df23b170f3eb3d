import type { DurationMs } from '@senio/protocol'
import type { TaskStore } from '../../storage/task-store.ts'

/**
 * Does regular work unless another node, or this one before it was restarted, has done it in this period. After a
 * failure anybody may try again.
 */
export async function oncePerPeriod(
  tasks: TaskStore,
  name: string,
  period: DurationMs,
  work: () => Promise<unknown>,
): Promise<void> {
  // A little less, so that whoever had it last may have it again.
  if (!(await tasks.claim(name, 0.9 * period))) return
  try {
    await work()
  } catch (error) {
    await tasks.release(name).catch(() => {})
    throw error
  }
}
