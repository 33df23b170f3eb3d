/** NUL and lone surrogates can't be stored as text by every database: they are refused everywhere. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
