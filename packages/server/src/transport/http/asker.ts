import type { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { AccountId } from '../../storage/account-store.ts'

const accounts = new WeakMap<FastifyRequest, AccountId>()
const keys = new WeakMap<SenioError, number>()

/** Notes who asks: from now on every line about the request says so. */
export function noteAccount(request: FastifyRequest, account: AccountId): void {
  accounts.set(request, account)
  request.log = request.log.child({ account })
}

/** null while it isn't known. */
export function accountOf(request: FastifyRequest): AccountId | null {
  return accounts.get(request) ?? null
}

/** Notes with a refusal which device key it met; gives the refusal. */
export function withKey(refusal: SenioError, keyId: number): SenioError {
  keys.set(refusal, keyId)
  return refusal
}

/** undefined when none is known. */
export function keyOf(refusal: SenioError): number | undefined {
  return keys.get(refusal)
}
