import { type Tags, tagWords } from '@senio/protocol'

/** What a measurement is shown to be tagged with, each of which finds it: a list's entries, an object's `key:value`. */
export function tagLabels(tags: Tags): readonly string[] {
  if (tags === null || Array.isArray(tags)) return tagWords(tags)
  return Object.entries(tags).map(([key, value]) => `${key}:${String(value)}`)
}
