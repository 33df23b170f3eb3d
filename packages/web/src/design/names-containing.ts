/** Those whose name contains the words typed, whatever the case and the spelling of accents. */
export function namesContaining<Named extends { readonly name: string }>(
  all: readonly Named[],
  typed: string,
): readonly Named[] {
  const wanted = comparable(typed.trim())
  return wanted === '' ? all : all.filter(({ name }) => comparable(name).includes(wanted))
}

function comparable(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
