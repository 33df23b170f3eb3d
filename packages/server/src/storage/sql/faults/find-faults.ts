import type { DatabaseFault, FaultSearch } from '../../fault-search.ts'
import { checkMeasurements } from './check-measurements.ts'
import { checkOwnersOfRollups, checkOwnersOfTags, checkOwnersOfValues } from './check-owners.ts'
import { checkBelongings, checkImages, checkViews } from './check-rows.ts'
import { checkTags, checkTagWords } from './check-tags.ts'
import type { FaultQueries, Place } from './fault-queries.ts'
import { type Check, MOST_FAULTS, type Step } from './step.ts'

/** Every part of the look at a database, in their order. */
export const checks = {
  belongings: checkBelongings,
  views: checkViews,
  images: checkImages,
  ownersOfValues: checkOwnersOfValues,
  ownersOfRollups: checkOwnersOfRollups,
  ownersOfTags: checkOwnersOfTags,
  measurements: checkMeasurements,
  tags: checkTags,
  tagWords: checkTagWords,
} satisfies Record<string, Check>

export type CheckName = keyof typeof checks

/** How an engine takes the steps of checks. */
export interface FaultEngine {
  readonly queries: FaultQueries
  /** One step, on one moment of the database. */
  step(name: CheckName, place: Place, counts: boolean): Promise<Step>
  /** Whether an error says that the database is damaged, and not just out of reach. */
  isDamage(error: unknown): boolean
}

/** Takes the steps of all checks, one after the other. @returns at most `MOST_FAULTS` */
export async function findFaults(
  engine: FaultEngine,
  search: FaultSearch,
): Promise<readonly DatabaseFault[]> {
  const { rest, onMeasurements } = search
  const faults: DatabaseFault[] = []
  for (const name of Object.keys(checks) as CheckName[]) {
    const check: Check = checks[name]
    let place: Place | null = check.first(engine.queries)
    while (place !== null && faults.length < MOST_FAULTS) {
      const here: Place = place
      try {
        const step: Step = await engine.step(name, here, onMeasurements !== undefined)
        faults.push(...step.faults)
        place = step.next
        onMeasurements?.(step.measurements)
        await rest?.(step.bytes)
      } catch (error) {
        if (!engine.isDamage(error)) throw error
        const detail = `the ${check.subject} can't be read: ${reasonOf(error)}`
        if (faults.at(-1)?.detail !== detail) faults.push({ detail, isOfFile: true })
        place = check.behind(engine.queries, here)
      }
    }
  }
  return faults.slice(0, MOST_FAULTS)
}

/** What an engine says of an error, without a full stop. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
}
