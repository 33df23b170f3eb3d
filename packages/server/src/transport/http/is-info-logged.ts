import type { FastifyBaseLogger } from 'fastify'

const LEVELS: ReadonlySet<string> = new Set(['info', 'debug', 'trace'])

/** Whether lines of level info are written at all: what they cost can be saved where not. */
export function isInfoLogged({ level }: FastifyBaseLogger): boolean {
  return LEVELS.has(level)
}
