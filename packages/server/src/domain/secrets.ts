import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto'

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

/** Whether two secrets are equal, in a time that tells nothing about where they differ, or how long they are. */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()
  return timingSafeEqual(digest(a), digest(b))
}
