import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../drivers/program.ts'
import type { Launch } from '../../drivers/test-server.ts'
import type { FaultPlan } from './fault.ts'

/**
 * Starts a server with faults: a module that Node loads before the program. The program itself has no way in for it;
 * whoever can set the environment of a process owns it anyway.
 */
export function launchWith(plan: FaultPlan, wrapper: readonly string[] = []): Launch {
  const preload = fileURLToPath(new URL('./preload.ts', import.meta.url))
  return {
    env: {
      NODE_OPTIONS: `--import=${preload}`,
      TORTURE_PLAN: JSON.stringify(plan),
      // A third of a start is compiling, and there are many.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'torture'),
    },
    wrapper,
  }
}
