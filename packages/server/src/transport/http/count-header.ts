import type { IncomingMessage } from 'node:http'

/**
 * How often a request has a header; Node's `headers` keep only the first of some.
 * @param name in lower case
 */
export function countHeader({ rawHeaders }: IncomingMessage, name: string): number {
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const header = rawHeaders[i]
    if (header?.length === name.length && header.toLowerCase() === name) count++
  }
  return count
}
