/** Everything of a list that comes in pages. */
export async function allPages<Item>(
  load: (cursor: string | null) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof load>> = await load(cursor)
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

/** Entries a page, where a command reads a list to its end. */
export const PAGE_SIZE = 1000
