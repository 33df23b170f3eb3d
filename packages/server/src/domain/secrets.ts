import { hash, randomBytes } from 'node:crypto'

/** 256 random bits as 43 characters that need no escaping in URLs, headers and cookies. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What is stored of a secret that nobody can guess: SHA-256, 64 lower-case hex digits. Passwords can be guessed:
 * they go through `PasswordHasher`.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}
