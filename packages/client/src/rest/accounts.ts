import type { AccountJson, AccountListJson, CreateAccountRequest } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { PageQuery } from './page-query.ts'

/** The people of an installation; administrators only. */
export function accountsResource(http: Http) {
  return {
    list: (query: PageQuery = {}, options?: ReadOptions) =>
      http.get<AccountListJson>(apiPath('accounts'), { ...query }, options),
    create: (request: CreateAccountRequest) => http.send<AccountJson>('POST', apiPath('accounts'), request),
    /** Ends every session of it; API tokens and device keys stay. */
    signOut: (id: number) => http.send<void>('DELETE', apiPath('accounts', id, 'sessions')),
    /** With its sensors and everything that they measured. */
    delete: (id: number) => http.send<void>('DELETE', apiPath('accounts', id)),
  }
}
