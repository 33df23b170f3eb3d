import { initial } from './0001-initial.ts'
import { viewsAndNotes } from './0002-views-and-notes.ts'
import { valueChanges } from './0003-value-changes.ts'
import { scrub } from './0004-scrub.ts'
import { nodes } from './0005-nodes.ts'
import { pictures } from './0006-pictures.ts'

/** The n-th entry (from 1) leads from format n - 1 to format n. Released ones are never changed. */
export const migrations: readonly string[] = [initial, viewsAndNotes, valueChanges, scrub, nodes, pictures]
