import { describe, expect, it } from 'vitest'
import { areas } from './areas.ts'
import { german } from './german.ts'
import type { Catalog, Message } from './message.ts'

const modules = import.meta.glob<{ readonly text: { readonly english: Catalog; readonly area: string } }>(
  '../**/texts.ts',
  { eager: true },
)
const english = Object.fromEntries(Object.values(modules).map(({ text }) => [text.area, text.english]))

describe('the texts', () => {
  it('are listed, all of them', () => {
    expect(Object.keys(english).sort()).toEqual([...areas].sort())
  })

  it.each(areas)('of %s have the same keys, placeholders and marks in German', (area) => {
    expect(shapeOf(german[area])).toEqual(shapeOf(english[area] ?? {}))
  })

  it.each(areas)('of %s are never empty', (area) => {
    const all = [...Object.values<Message>(german[area]), ...Object.values(english[area] ?? {})]
    expect(all.flatMap(formsOf).filter((form) => form.trim() === '')).toEqual([])
  })
})

/** By key: what the callers of a message rely on. */
function shapeOf(catalog: Catalog): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(catalog).map(([key, message]) => {
      const parts = formsOf(message).flatMap((form) => form.match(/\{\w+\}|<\w+>|<\/\w+>/g) ?? [])
      return [key, [typeof message, ...new Set(parts)].sort()]
    }),
  )
}

function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : [message.one, message.other]
}
