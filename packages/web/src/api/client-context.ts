import type { Client } from '@senio/client'
import { createContext, useContext } from 'react'

export const ClientContext = createContext<Client | null>(null)

/** The client of the server that this page came from. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new TypeError('useClient needs a ClientContext above it')
  return client
}
