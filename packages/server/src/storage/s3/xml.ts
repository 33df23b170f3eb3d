/**
 * The little XML that S3 answers with: elements without attributes that matter, nested two deep. Not for any other.
 */

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** The content of each element of a name, in order. */
export function* tags(xml: string, name: string): Generator<string, void, undefined> {
  const end = `</${name}>`
  let at = 0
  for (;;) {
    const opens = xml.indexOf(`<${name}`, at)
    if (opens === -1) return
    const begins = xml.indexOf('>', opens) + 1
    const closes = begins === 0 ? -1 : xml.indexOf(end, begins)
    if (closes === -1) return
    // `<Key` is the beginning of `<KeyCount>`, too.
    const isIt = /[\s>]/.test(xml.charAt(opens + name.length + 1))
    if (isIt) yield xml.slice(begins, closes)
    at = isIt ? closes + end.length : begins
  }
}

/** The content of the first element of a name; null when there is none. */
export function firstTag(xml: string, name: string): string | null {
  return tags(xml, name).next().value ?? null
}

/** The text of an element's content. */
export function xmlText(content: string): string {
  return content.replaceAll(/&(#\d+|#x[0-9a-fA-F]+|\w+);/g, (all: string, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16))
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)))
    return ENTITIES[entity] ?? all
  })
}
