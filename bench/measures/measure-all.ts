import { stopAll } from '../processes/program.ts'
import type { Run } from '../run.ts'
import type { Topic } from './catalogue.ts'
import { measureBatches } from './batches.ts'
import { measureImages } from './images.ts'
import { measureNodes } from './nodes.ts'
import { measureQueries } from './queries.ts'
import { measureSingle } from './single.ts'

interface Group {
  readonly title: string
  readonly topics: readonly Topic[]
  readonly measure: (run: Run) => Promise<void>
}

const groups: readonly Group[] = [
  { title: 'Single measurements', topics: ['single'], measure: measureSingle },
  { title: 'Batches', topics: ['batches'], measure: measureBatches },
  {
    title: 'Queries',
    topics: ['year', 'ten-years', 'raw', 'latest', 'under-load', 'disk'],
    measure: measureQueries,
  },
  { title: 'Pictures', topics: ['images'], measure: measureImages },
  { title: 'Nodes', topics: ['nodes'], measure: measureNodes },
]

/** Takes all measures that are wanted. One that fails doesn't keep the others from being taken. @returns failures */
export async function measureAll(run: Run): Promise<string[]> {
  const failures: string[] = []
  for (const { title, topics, measure } of groups) {
    if (!run.wants(...topics)) continue
    run.bench.say(title)
    try {
      await measure(run)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      run.bench.say(`${title} failed: ${reason}`)
      failures.push(`${title}: ${reason}`)
    } finally {
      await stopAll()
    }
  }
  return failures
}
