/**
 * URLs of superusers of servers that tests may make databases in, from an environment variable, with spaces in between. None
 * without it: nothing that can be installed for a test brings along what these servers have.
 */
export function namedServers(variable: string): readonly string[] {
  return (process.env[variable] ?? '').split(' ').filter((url) => url !== '')
}
