import { runJob } from './run-job.ts'
import type { LoadJob } from './job.ts'

/** The program of the load generator's process: takes one job at a time over IPC and answers with its result. */
process.on('message', (job: LoadJob) => {
  runJob(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  )
})
// Nobody is left to work for.
process.on('disconnect', () => process.exit(0))
