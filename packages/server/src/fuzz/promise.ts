import { isDeepStrictEqual } from 'node:util'
import { SenioError } from '@senio/protocol'

/** A promise that the code gives; broken, it is a finding. */
export function promise(isKept: boolean, what: string): void {
  if (!isKept) throw new Error(`Broken: ${what}.`)
}

export function promiseEqual(actual: unknown, expected: unknown, what: string): void {
  promise(isDeepStrictEqual(actual, expected), `${what}: ${show(actual)} is not ${show(expected)}`)
}

/** What came of an attempt: its value, or the code of the refusal. Anything but a refusal is a finding. */
export type Outcome<Value> = { readonly value: Value } | { readonly code: string }

export function refusal(error: unknown): { readonly code: string } {
  if (error instanceof SenioError && error.fault === 'Rejected') return { code: error.code }
  throw error
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 500)
}
