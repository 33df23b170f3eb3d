import { z } from 'zod'
import type { App } from './app.ts'

/**
 * Has routes that take no parameters refuse any, as those do that take some: one that is ignored would be believed to
 * count. Holds for routes that are added afterwards.
 */
export function refuseUnknownParameters(api: App): void {
  api.addHook('onRoute', (route) => {
    route.schema = { querystring: z.strictObject({}), ...route.schema }
  })
}
