import type { CreateViewRequest, UpdateViewRequest, ViewJson, ViewListJson } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { PageQuery } from './page-query.ts'

/** The views that the account composed. */
export function viewsResource(http: Http) {
  return {
    /** Ordered by name, at most 50 a page. */
    list: (query: PageQuery = {}, options?: ReadOptions) =>
      http.get<ViewListJson>(apiPath('views'), { ...query }, options),
    get: (id: number, options?: ReadOptions) => http.get<ViewJson>(apiPath('views', id), {}, options),
    create: (request: CreateViewRequest) => http.send<ViewJson>('POST', apiPath('views'), request),
    /**
     * What is absent stays. Panels may be sent back as they came, with fields that were deleted.
     * @param read the view as it was read: if somebody changed it since, it is refused as `changed-meanwhile`
     */
    update: (id: number, change: UpdateViewRequest, read?: Pick<ViewJson, 'changed'>) =>
      http.send<ViewJson>(
        'PATCH',
        apiPath('views', id),
        change,
        read === undefined ? {} : { 'if-match': `"${read.changed}"` },
      ),
    /** The same under a free name. */
    copy: (id: number) => http.send<ViewJson>('POST', apiPath('views', id, 'copy')),
    delete: (id: number) => http.send<void>('DELETE', apiPath('views', id)),
  }
}
