import { HOUR } from '@senio/protocol'
import { expect, it } from 'vitest'
import { MemoryTasks } from '../testing/memory-tasks.ts'
import { oncePerPeriod } from './one-node.ts'

it('does the work once a period, whichever node asks first', async () => {
  const clock = { now: 0 }
  const tasks = new MemoryTasks(() => clock.now)
  let done = 0
  const run = () => oncePerPeriod(tasks, 'sweep', HOUR, async () => done++)
  await Promise.all([run(), run(), run()])
  expect(done).toBe(1)
  clock.now += HOUR / 2
  await run()
  expect(done).toBe(1)
  clock.now += HOUR / 2
  await Promise.all([run(), run()])
  expect(done).toBe(2)
})

it('lets others try when it failed', async () => {
  const tasks = new MemoryTasks(() => 0)
  const fail = () => Promise.reject(new RangeError('no'))
  await expect(oncePerPeriod(tasks, 'sweep', HOUR, fail)).rejects.toThrow('no')
  let done = 0
  await oncePerPeriod(tasks, 'sweep', HOUR, async () => done++)
  expect(done).toBe(1)
})
