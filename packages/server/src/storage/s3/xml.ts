/**
 * The little XML that S3 answers with: elements without attributes that matter, nested two deep. Not for any other.
 */

const MOST_CODE_POINT = 0x10_ff_ff

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
])

/** The content of each element of a name, in order. */
export function* tags(xml: string, name: string): Generator<string, void, undefined> {
  const end = `</${name}>`
  let at = 0
  for (;;) {
    const opens = xml.indexOf(`<${name}`, at)
    if (opens === -1) return
    const begins = xml.indexOf('>', opens) + 1
    if (begins === 0) return
    at = begins
    // `<Key` is the beginning of `<KeyCount>`, too.
    if (!/[\s>]/.test(xml.charAt(opens + name.length + 1))) continue
    const closes = xml.indexOf(end, begins)
    if (closes === -1) return
    yield xml.slice(begins, closes)
    at = closes + end.length
  }
}

/** The content of the first element of a name; null when there is none. */
export function firstTag(xml: string, name: string): string | null {
  return tags(xml, name).next().value ?? null
}

/** The text of an element's content. */
export function xmlText(content: string): string {
  return content.replaceAll(/&(#\d+|#x[0-9a-fA-F]+|\w+);/g, (all: string, entity: string) => {
    if (entity.startsWith('#x')) return character(Number.parseInt(entity.slice(2), 16)) ?? all
    if (entity.startsWith('#')) return character(Number(entity.slice(1))) ?? all
    return ENTITIES.get(entity) ?? all
  })
}

function character(code: number): string | null {
  return code <= MOST_CODE_POINT ? String.fromCodePoint(code) : null
}
