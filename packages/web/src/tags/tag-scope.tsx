import { type ReactNode, useMemo } from 'react'
import { ClientContext, useClient } from '../api/client-context.ts'
import { taggedClient } from './tagged-client.ts'
import { useTag } from './use-tag.ts'

/** Shows in it only the measurements with the tag that the address names. */
export function TagScope({ children }: { readonly children: ReactNode }) {
  const client = useClient()
  const tag = useTag()
  const scoped = useMemo(() => (tag === null ? client : taggedClient(client, tag)), [client, tag])
  return <ClientContext value={scoped}>{children}</ClientContext>
}
