import type { Capabilities } from '../capabilities.ts'

/** Statements that lead to the next format. */
export type Migration = (capabilities: Capabilities) => string
