import type { ApiTokenListJson, CreateApiTokenRequest, CreatedApiTokenJson } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { PageQuery } from './page-query.ts'

/** Personal API tokens of whoever is signed in. */
export function tokensResource(http: Http) {
  return {
    list: (query: PageQuery = {}, options?: ReadOptions) =>
      http.get<ApiTokenListJson>(apiPath('tokens'), { ...query }, options),
    /** The only time that the token itself is given. */
    create: (request: CreateApiTokenRequest) =>
      http.send<CreatedApiTokenJson>('POST', apiPath('tokens'), request),
    delete: (id: number) => http.send<void>('DELETE', apiPath('tokens', id)),
  }
}
