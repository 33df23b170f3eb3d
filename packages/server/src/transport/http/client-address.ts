import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'

/** The address of a request's client, as `FastifyRequest.ip` has it; also for requests that the framework never sees. */
export type ClientAddress = (request: IncomingMessage) => string

/** @param trustProxy addresses of proxies whose X-Forwarded-For counts; absent: none */
export function clientAddress(trustProxy: readonly string[] | undefined): ClientAddress {
  const trust = trustProxy === undefined ? null : proxyAddr.compile([...trustProxy])
  return (request) => {
    const address = trust === null ? request.socket.remoteAddress : proxyAddr(request, trust)
    // A proxy may pass on what the client claims, which can be anything.
    return address !== undefined && isIP(address) !== 0 ? address : 'unknown'
  }
}
