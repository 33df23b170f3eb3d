import type { SetupTokenStore } from '../../storage/setup-token-store.ts'

/** Tokens for the first account, in memory. */
export function memorySetupTokens(): SetupTokenStore {
  const hashes = new Set<string>()
  return {
    add: async (hash) => void hashes.add(hash),
    has: async (hash) => hashes.has(hash),
    clear: async () => hashes.clear(),
  }
}
