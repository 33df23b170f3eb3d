import type { PasswordHasher } from '../accounts/password-hasher.ts'

/** Hashes nothing, quickly, for tests; counts how often it was asked to verify. */
export class QuickPasswordHasher implements PasswordHasher {
  verifications = 0

  async hash(password: string): Promise<string> {
    return `quick:${password}`
  }

  async verify(password: string, hash: string | null): Promise<boolean> {
    this.verifications++
    return hash === `quick:${password}`
  }
}
