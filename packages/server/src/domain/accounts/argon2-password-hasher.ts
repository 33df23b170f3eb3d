import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Gate } from './gate.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** The cost of a hash. */
export interface Argon2Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's password storage cheat sheet, the setting for little memory: about 40 ms on a server's core. */
export const DEFAULT_COST: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const SALT_BYTES = 16
const HASH_BYTES = 32
/** Hashes at once: 19 MiB each, beside the 150 MB that the whole server may take. */
const AT_ONCE = 2
/** Waiting for their turn: about two seconds on a server, some ten on a Raspberry Pi. */
const WAITING = 100

// https://github.com/P-H-C/phc-string-format: base64 without padding.
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

const derive = promisify(argon2)

/** Argon2id (RFC 9106) of Node itself. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #cost: Argon2Cost
  readonly #gate = new Gate(AT_ONCE, WAITING)

  constructor(cost: Argon2Cost = DEFAULT_COST) {
    this.#cost = cost
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    const derived = await this.#derive(password, salt, this.#cost, HASH_BYTES)
    const { memory, passes, parallelism } = this.#cost
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(derived)}`
  }

  async verify(password: string, hash: string | null): Promise<boolean> {
    const stored = hash === null ? null : parsePhc(hash)
    if (stored === null) {
      await this.#derive(password, randomBytes(SALT_BYTES), this.#cost, HASH_BYTES)
      return false
    }
    const derived = await this.#derive(password, stored.salt, stored.cost, stored.hash.length)
    return timingSafeEqual(derived, stored.hash)
  }

  #derive(password: string, salt: Buffer, cost: Argon2Cost, tagLength: number): Promise<Buffer> {
    const parameters = {
      // NIST SP 800-63B: the same password from another keyboard is the same password.
      message: password.normalize('NFKC'),
      nonce: salt,
      parallelism: cost.parallelism,
      tagLength,
      memory: cost.memory,
      passes: cost.passes,
    }
    return this.#gate.run(() => derive('argon2id', parameters))
  }
}

/** null for anything that isn't an Argon2id string: no password fits it. */
function parsePhc(text: string): { cost: Argon2Cost; salt: Buffer; hash: Buffer } | null {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(text) ?? []
  if (salt === undefined || hash === undefined) return null
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
