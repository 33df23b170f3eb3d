import { initial } from './0001-initial.ts'
import { scrub } from './0002-scrub.ts'
import { nodes } from './0003-nodes.ts'
import { lastWriter } from './0004-last-writer.ts'
import { knownFormat } from './0005-known-format.ts'
import { pictures } from './0006-pictures.ts'
import type { Migration } from './migration.ts'

/** The n-th entry (from 1) leads from format n - 1 to format n. Released ones are never changed. */
export const migrations: readonly Migration[] = [initial, scrub, nodes, lastWriter, knownFormat, pictures]

/** The format that the programs of this version know. */
export const FORMAT = migrations.length

/**
 * The oldest format whose programs may write beside those of this version. To be raised together with a migration beside
 * which they would do harm: from then on they are refused, also those that run.
 */
export const OLDEST_FORMAT = 4
