import { isDeepStrictEqual } from 'node:util'
import { type Ledger, type Shipment, sha1, type Stored } from './ledger.ts'

/** What is read back from a server, by whichever way in. */
export interface Holdings {
  /** Everything that one sensor holds, in the order in which the server gives it. */
  measurements(): Promise<readonly (Stored & { readonly timestamp: number })[]>
  /** The original's bytes; null when it can't be had. */
  image(sha1: string): Promise<Buffer | null>
}

/** What is not as it was promised. */
export interface Fault {
  /**
   * `lost` and `changed` are about what was acknowledged, `blob-missing` about a picture that is gone or whose bytes are others.
   */
  readonly kind: 'lost' | 'changed' | 'refused-but-there' | 'torn' | 'disorder' | 'blob-missing' | 'check'
  readonly detail: string
}

export interface Verified {
  readonly faults: readonly Fault[]
  readonly held: ReadonlyMap<number, Stored>
}

export interface VerifyOptions {
  readonly imageFields: readonly string[]
  /** Pictures that were read before and needn't be again; what is read is added. */
  readonly readBefore?: Set<string>
}

/**
 * Compares what a server holds with the ledger: what was acknowledged is there once, with its values, its tags and the bytes
 * of its pictures; what was refused is not; what nobody knows of is there as a whole or not at all.
 */
export async function verify(ledger: Ledger, holdings: Holdings, options: VerifyOptions): Promise<Verified> {
  const faults: Fault[] = []
  const stored = await holdings.measurements()
  const held = new Map(stored.map(({ timestamp, data, tags }) => [timestamp, { data, tags }]))
  for (const [index, { timestamp }] of stored.entries()) {
    const previous = stored[index - 1]
    if (previous !== undefined && !(previous.timestamp < timestamp)) {
      faults.push({ kind: 'disorder', detail: `${previous.timestamp} comes before ${timestamp}` })
    }
  }
  for (const timestamp of new Set([...ledger.timestamps, ...held.keys()])) {
    const there = held.get(timestamp) ?? null
    if (ledger.allowed(timestamp).some((one) => isDeepStrictEqual(one, there))) continue
    const acknowledged = ledger.acknowledged(timestamp)
    const kind = there === null ? 'lost' : acknowledged === null ? 'refused-but-there' : 'changed'
    faults.push({
      kind,
      detail: `${timestamp}: ${JSON.stringify(acknowledged)}, now ${JSON.stringify(there)}`,
    })
  }
  faults.push(...ledger.unanswered.flatMap((shipment) => tornOf(shipment, held)))
  faults.push(...(await missingImages(held, holdings, options)))
  return { faults, held }
}

function tornOf({ measurements }: Shipment, held: Verified['held']): readonly Fault[] {
  const there = measurements.filter(({ timestamp }) => held.has(timestamp)).length
  if (there === 0 || there === measurements.length) return []
  return [{ kind: 'torn', detail: `${there} of ${measurements.length} measurements of one request` }]
}

async function missingImages(
  held: Verified['held'],
  holdings: Holdings,
  { imageFields, readBefore = new Set<string>() }: VerifyOptions,
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for (const [timestamp, { data }] of held) {
    for (const field of imageFields) {
      const hash = data[field]
      if (typeof hash !== 'string' || readBefore.has(hash)) continue
      const bytes = await holdings.image(hash)
      if (bytes !== null && sha1(bytes) === hash) readBefore.add(hash)
      else
        faults.push({ kind: 'blob-missing', detail: `${timestamp}: ${hash}, ${bytes?.length ?? 'no'} bytes` })
    }
  }
  return faults
}
