/** Edits after which a word is another one, and not a misspelt one: a third of its letters, and never more than two. */
function mostEdits(word: string): number {
  return Math.min(2, Math.ceil(word.length / 3))
}

/** The word that was probably meant; null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: editsBetween(word, candidate) }))
    .filter(({ edits }) => edits <= mostEdits(word))
    .toSorted((a, b) => a.edits - b.edits)
  return nearest?.candidate ?? null
}

/** Letters put in, left out or changed (Levenshtein's distance). */
function editsBetween(from: string, to: string): number {
  const letters = Array.from(to)
  let row = Array.from({ length: letters.length + 1 }, (_, edits) => edits)
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1]
    for (const [j, other] of letters.entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
