/** Whether an address leads a device to itself instead of to the server. */
export function isOnlyHere(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
