/** What an `Accept` header says of a media type. */
export interface Acceptance {
  /** From 0, not wanted, to 1. */
  readonly quality: number
  /** Whether the type or its family (`text/*`) is named; otherwise it is one of all (`*\/*`, or no header at all). */
  readonly isNamed: boolean
}

const NOT_WANTED: Acceptance = { quality: 0, isNamed: false }

/** The entry that fits the type most closely counts (RFC 9110, 12.5.1). Parameters other than `q` are not looked at. */
export function acceptanceOf(mediaType: string, accept: string | undefined): Acceptance {
  if (accept === undefined || accept.trim() === '') return { quality: 1, isNamed: false }
  const qualities = new Map(accept.split(',').map(parseEntry))
  const family = `${mediaType.split('/', 1)[0]}/*`
  const named = qualities.get(mediaType) ?? qualities.get(family)
  if (named !== undefined) return { quality: named, isNamed: true }
  const any = qualities.get('*/*')
  return any === undefined ? NOT_WANTED : { quality: any, isNamed: false }
}

function parseEntry(entry: string): readonly [range: string, quality: number] {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  // What isn't a weight is taken for none.
  return [range, quality !== undefined && /^[01](?:\.\d{0,3})?$/.test(quality) ? Number(quality) : 1]
}
