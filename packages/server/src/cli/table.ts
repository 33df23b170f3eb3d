/** Rows as columns of equal width, two spaces apart; the first row is the heading. Without a final line break. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell))
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const graphemes = new Intl.Segmenter()

/** In graphemes: wide characters are rare in names, and an odd column does no harm. */
function width(text: string): number {
  return Array.from(graphemes.segment(text)).length
}
