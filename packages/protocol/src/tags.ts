import { SenioError } from './errors/senio-error.ts'
import { isStorableText } from './text.ts'

/** Given back as sent: absent is null, a list of words, or a flat object. */
export type Tags = null | readonly string[] | Readonly<Record<string, string | number | boolean>>

export const MAX_TAGS = 32
/** Longest tag, tag key or tag value, in UTF-16 units. */
export const MAX_TAG_LENGTH = 256

const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Tags from published JSON; absent and null both mean none.
 * @throws SenioError `tags-invalid`, `duplicate-key`
 */
export function parseTags(json: unknown): Tags {
  if (json === undefined || json === null) return null
  if (typeof json !== 'object') throw invalid('tags are null, an array of strings or a flat object')
  if (Array.isArray(json)) return parseTagList(json)
  const entries = Object.entries(json)
  if (entries.length > MAX_TAGS)
    throw invalid(`there are ${entries.length} tags, at most ${MAX_TAGS} are allowed`)
  for (const [key, value] of entries) {
    if (DANGEROUS_KEYS.has(key)) {
      throw new SenioError('duplicate-key', `"${key}" can't be the key of a tag.`, { field: 'tags' })
    }
    checkText(key)
    if (typeof value === 'string') checkText(value)
    else if (typeof value !== 'boolean' && !(typeof value === 'number' && Number.isFinite(value))) {
      throw invalid(`the tag "${key}" is neither a string nor a finite number nor a boolean`)
    }
  }
  return json as Tags
}

/**
 * The words that a measurement is found by: a list's entries; of an object each key, and `key:value`.
 * Without duplicates, in the order of the tags.
 */
export function tagWords(tags: Tags): readonly string[] {
  if (tags === null) return []
  if (Array.isArray(tags)) return [...new Set(tags as readonly string[])]
  return [...new Set(Object.entries(tags).flatMap(([key, value]) => [key, `${key}:${String(value)}`]))]
}

function parseTagList(list: readonly unknown[]): Tags {
  if (list.length > MAX_TAGS) throw invalid(`there are ${list.length} tags, at most ${MAX_TAGS} are allowed`)
  for (const tag of list) {
    if (typeof tag !== 'string') throw invalid('an array of tags holds strings only')
    checkText(tag)
  }
  return list as readonly string[]
}

function checkText(text: string): void {
  if (text.length > MAX_TAG_LENGTH)
    throw invalid(`a tag has more than ${MAX_TAG_LENGTH} characters, of which most emoji are two`)
  if (!isStorableText(text)) throw invalid('a tag holds a NUL or half a character')
}

function invalid(what: string): SenioError {
  return new SenioError('tags-invalid', `Tags were refused: ${what}.`, { field: 'tags' })
}
