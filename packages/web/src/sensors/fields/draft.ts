import {
  fieldFormat,
  type FieldTypeName,
  normaliseName,
  parseFieldName,
  parseUnit,
  SenioError,
} from '@senio/protocol'
import type { NewField } from '@senio/protocol/api'
import { text } from '../texts.ts'

/** A field that a person is describing. */
export interface FieldDraft {
  /** Tells drafts apart while their names change. */
  readonly id: string
  readonly name: string
  readonly type: FieldTypeName
  readonly unit: string
}

/** What is wrong with a draft; absent when nothing is. */
export interface DraftErrors {
  readonly name?: string
  readonly unit?: string
}

/** The errors of each draft that has some, by its id. */
export function draftErrors(
  drafts: readonly FieldDraft[],
  taken: readonly string[] = [],
): ReadonlyMap<string, DraftErrors> {
  const names = new Set(taken.map(normaliseName))
  const found = new Map<string, DraftErrors>()
  for (const draft of drafts) {
    const name = nameError(draft.name, names)
    const unit = problemOf(() => parseUnit(draft.unit))
    names.add(normaliseName(draft.name.trim()))
    if (name !== undefined || unit !== undefined) {
      found.set(draft.id, {
        ...(name === undefined ? {} : { name }),
        ...(unit === undefined ? {} : { unit }),
      })
    }
  }
  return found
}

/** A draft as it is sent; only types that have a unit keep it. */
export function newField({ name, type, unit }: FieldDraft): NewField {
  return { name: name.trim(), type, unit: fieldFormat(type).hasUnit ? unit.trim() : '' }
}

/** Says what is wrong with what `parse` refuses; undefined when it accepts. */
export function problemOf(parse: () => unknown): string | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    if (error instanceof SenioError) return error.message
    throw error
  }
}

function nameError(typed: string, taken: ReadonlySet<string>): string | undefined {
  const name = typed.trim()
  if (name === '') return text('needsName')
  if (taken.has(normaliseName(name))) return text('nameTaken', { name })
  return problemOf(() => parseFieldName(name))
}
