import { hash } from 'node:crypto'

/** Characters that a hash has in the list. */
const HASH_LENGTH = 8

/** What somebody tries first who knows what this is. */
const OWN_WORDS = ['senio', 'sensor'] as const

/** Shorter parts of an address are in too many good passwords. */
const MIN_WORD_LENGTH = 4

/** Characters that must be left of a password without words that anybody can guess. */
const MIN_REST = 6

let hashes: ReadonlySet<string> | null = null

/** Whether it is one of those that people use most, in any case. */
export async function isCommonPassword(password: string): Promise<boolean> {
  hashes ??= await readHashes()
  return hashes.has(hash('sha256', normalise(password), 'base64url').slice(0, HASH_LENGTH))
}

/**
 * Whether little is left of it without words that belong to Senio or to its owner's address, or without what is said again
 * and again.
 */
export function isGuessablePassword(password: string, email: string): boolean {
  const words = [...OWN_WORDS, ...email.split(/[^\p{L}\p{N}]+/u)]
    .map(normalise)
    .filter((word) => word.length >= MIN_WORD_LENGTH)
  let rest = normalise(password)
  for (const word of words) rest = rest.replaceAll(word, '')
  return rest.length < MIN_REST || new Set(rest).size < MIN_REST / 2
}

/** Read when somebody sets a password, which is rare: it needn't be in memory before. */
async function readHashes(): Promise<ReadonlySet<string>> {
  const { COMMON_PASSWORD_HASHES } = await import('./common-password-hashes.ts')
  return new Set(COMMON_PASSWORD_HASHES.replaceAll('\n', '').match(/.{8}/g))
}

function normalise(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
