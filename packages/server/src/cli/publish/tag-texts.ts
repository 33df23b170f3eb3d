import { parseTags, type Tags } from '@senio/protocol'

/**
 * Tags as typed: words make a list; when each is `key=value` they make an object. None: null.
 * @throws SenioError `tags-invalid`
 */
export function parseTagTexts(texts: readonly string[]): Tags {
  if (texts.length === 0) return null
  const pairs = texts.map((text) => /^([^=]+)=(.*)$/s.exec(text))
  if (pairs.some((pair) => pair === null)) return parseTags(texts)
  return parseTags(Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''])))
}
