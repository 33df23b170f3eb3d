import { initial } from './0001-initial.ts'
import { scrub } from './0002-scrub.ts'
import { nodes } from './0003-nodes.ts'
import { lastWriter } from './0004-last-writer.ts'
import type { Migration } from './migration.ts'

/** The n-th entry (from 1) leads from format n - 1 to format n. Released ones are never changed. */
export const migrations: readonly Migration[] = [initial, scrub, nodes, lastWriter]
