import { MAX_NAME_LENGTH } from '@senio/protocol'

/**
 * A name for the copy of something: `Greenhouse (2)`, `Greenhouse (3)` …, the first that isn't taken. A long name is
 * cut to make room for the number.
 */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = name.replace(/ \(\d{1,6}\)$/, '')
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`
    const candidate = `${cut(base, MAX_NAME_LENGTH - suffix.length).trimEnd()}${suffix}`
    if (!taken.has(candidate)) return candidate
  }
}

/** Within so many UTF-16 units, without halving a character. */
function cut(text: string, length: number): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > length) break
    kept += segment
  }
  return kept
}
