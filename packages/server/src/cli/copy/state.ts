import { createHash } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import { z } from 'zod'
import type { Storage } from '../../storage/storage.ts'

/** How far a copy is. It is kept in the target, so that it goes on where it was when it is started again. */
export interface CopyState {
  /** Which installation is copied: see `identify`. */
  readonly source: string
  readonly phase: 'pictures' | 'measurements'
  /** Pictures up to this hash are copied; null for none. */
  readonly picture: string | null
  /** The sensor that is being copied, those with lower ids being done; null before the first. */
  readonly sensor: number | null
  /** What of it is copied: measurements up to this instant; null for none. */
  readonly timestamp: number | null
  readonly pictures: number
  readonly pictureBytes: number
  readonly measurements: number
  /** Pictures that are missing or damaged in the source, by hash. */
  readonly lost: readonly string[]
}

const VERSION = 1

const schema = z.object({
  version: z.literal(VERSION),
  source: z.string(),
  phase: z.enum(['pictures', 'measurements']),
  picture: z.string().nullable(),
  sensor: z.number().nullable(),
  timestamp: z.number().nullable(),
  pictures: z.number(),
  pictureBytes: z.number(),
  measurements: z.number(),
  lost: z.array(z.string()),
})

/**
 * Tells installations apart, wherever and under whichever name they are reached: by what never changes of their oldest
 * account and sensor. null for one that holds nothing.
 */
export async function identify({ copies }: Storage): Promise<string | null> {
  const [account] = await copies.rows('account', null, 1)
  const [sensor] = await copies.rows('sensor', null, 1)
  if (account === undefined) return null
  const facts = [account['id'], account['created'], sensor?.['id'], sensor?.['created']]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}

/**
 * The state to begin or go on with.
 * @throws SenioError `name-taken` when the target holds anything but an unfinished copy of this source
 */
export async function beginOrResume(
  target: Storage,
  source: string,
): Promise<{ readonly state: CopyState; readonly isResumed: boolean }> {
  const progress = await target.copies.progress()
  if (progress === null) {
    await requireEmpty(target)
    const state: CopyState = {
      source,
      phase: 'pictures',
      picture: null,
      sensor: null,
      timestamp: null,
      pictures: 0,
      pictureBytes: 0,
      measurements: 0,
      lost: [],
    }
    await saveState(target, state)
    return { state, isResumed: false }
  }
  const parsed = schema.safeParse(JSON.parse(progress))
  if (!parsed.success) {
    throw occupied('an unfinished copy that another version of Senio began: finish it with that one')
  }
  if (parsed.data.source !== source) throw occupied('an unfinished copy of another installation')
  return { state: parsed.data, isResumed: true }
}

export async function saveState(target: Storage, state: CopyState): Promise<void> {
  await target.copies.setProgress(JSON.stringify({ version: VERSION, ...state }))
}

async function requireEmpty(target: Storage): Promise<void> {
  const ids = await target.copies.lastIds()
  if ([...ids.values()].some((id) => id > 0)) throw occupied('an installation')
  for await (const _ of target.originals.list()) throw occupied('pictures')
}

function occupied(what: string): SenioError {
  return new SenioError(
    'name-taken',
    `The target holds ${what}. A copy needs an empty database, and an empty bucket or directory.`,
    { field: 'to' },
  )
}
