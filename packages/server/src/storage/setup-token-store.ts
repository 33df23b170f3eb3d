/** Tokens for the first account, of all nodes. Only their hashes are stored. */
export interface SetupTokenStore {
  add(tokenHash: string): Promise<void>
  has(tokenHash: string): Promise<boolean>
  clear(): Promise<void>
}
