import { DAY } from '@senio/protocol'
import type { FastifyBaseLogger } from 'fastify'
import { clientNetwork } from '../../domain/accounts/client-address.ts'
import type { Clock } from '../../domain/clock.ts'
import { isInfoLogged } from './is-info-logged.ts'

/** Networks a day from which the use of one credential is told. */
const NETWORKS = 10
/** Credentials a day whose use is told. */
const CREDENTIALS = 100_000

/**
 * Tells which uses of keys and tokens are worth a line: the first one on a day from each network. Costs nothing where
 * level info isn't logged.
 */
export class CredentialUses {
  readonly #now: Clock
  readonly #seen = new Map<number, Set<string>>()
  #day = 0
  /** Whether there is anything to ask. */
  readonly isOn: boolean

  /** @param log the server's */
  constructor(log: FastifyBaseLogger, now: Clock) {
    this.isOn = isInfoLogged(log)
    this.#now = now
  }

  /** Notes a use. @param id of the credential, within its kind */
  isNew(id: number, client: string): boolean {
    if (!this.isOn) return false
    const day = Math.floor(this.#now() / DAY)
    if (day !== this.#day) this.#seen.clear()
    this.#day = day
    const network = clientNetwork(client)
    const networks = this.#seen.get(id)
    if (networks === undefined) {
      if (this.#seen.size >= CREDENTIALS) return false
      this.#seen.set(id, new Set([network]))
      return true
    }
    if (networks.has(network) || networks.size >= NETWORKS) return false
    networks.add(network)
    return true
  }
}
