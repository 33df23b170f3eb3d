/**
 * Text for comparison whatever the case, in every language: engines' own lower() differ, and some know ASCII
 * only. Letter by letter, upper case first, so that ß meets SS and both forms of the final sigma are one.
 */
export function foldCase(text: string): string {
  let folded = ''
  for (const letter of text.normalize('NFC')) folded += letter.toUpperCase().toLowerCase()
  return folded.normalize('NFC')
}

/** A pattern for `LIKE … ESCAPE '\'` that finds the text anywhere. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
