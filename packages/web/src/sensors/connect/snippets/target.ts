import { fieldFormat } from '@senio/protocol'
import type { FieldsJson } from '@senio/protocol/api'

/** What a snippet publishes to. */
export interface SnippetTarget {
  /** For example `http://raspberrypi.local:8080/publish/greenhouse`. */
  readonly publishUrl: string
  /** A device key, or what stands for one. */
  readonly key: string
  readonly fields: FieldsJson
}

/** Code that runs as it is. */
export interface Snippet {
  /** What it does: "Numbers with a picture". */
  readonly title: string
  readonly code: string
  /** What to know before running it; absent when there is nothing. */
  readonly note?: string
}

/** Example values of the fields that are published as JSON, by name. */
export function exampleData(fields: FieldsJson): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, { type }]) => !fieldFormat(type).isFile)
      .map(([name, { type }]) => [name, fieldFormat(type).example]),
  )
}

/** The names of the fields that are published as files. */
export function fileFields(fields: FieldsJson): readonly string[] {
  return Object.entries(fields).flatMap(([name, { type }]) => (fieldFormat(type).isFile ? [name] : []))
}

/** The address with query parameters. */
export function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${url}?${search.join('&')}`
}

/** A file name for a picture of a field: plain letters, so that no shell or compiler minds. */
export function pictureFile(field: string, all: readonly string[]): string {
  if (all.length === 1) return 'picture.jpg'
  return `picture-${all.indexOf(field) + 1}.jpg`
}
