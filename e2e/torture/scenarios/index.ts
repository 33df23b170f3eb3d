import type { Scenario } from '../scenario.ts'
import { killAt, killAtRandom, POINTS_OF_DEATH } from './kill.ts'
import { cutPower, cutPowerWithoutBlobSyncs, cutPowerWithoutRowSyncs } from './power.ts'

export interface NamedScenario {
  readonly name: string
  readonly run: Scenario
  /** A negative control takes something away that keeps data safe: it proves something by finding faults. */
  readonly isControl?: true
  /** How many of its cycles make one cycle of a run. */
  readonly share: number
}

export const SCENARIOS: readonly NamedScenario[] = [
  { name: 'kill-random', run: killAtRandom, share: 1 },
  { name: 'kill-points', run: killAt(POINTS_OF_DEATH), share: 1 },
  { name: 'power', run: cutPower, share: 1 },
  { name: 'control-power-rows', run: cutPowerWithoutRowSyncs, isControl: true, share: 0.1 },
  { name: 'control-power-blobs', run: cutPowerWithoutBlobSyncs, isControl: true, share: 0.1 },
]
