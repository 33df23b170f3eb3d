/**
 * What a test needs, or null where the machine hasn't got it: said aloud, so that nobody takes skipped for passed, and
 * an error in CI.
 */
export function orSkipLoudly<Found extends object>(
  what: string,
  found: Found | { readonly missing: string },
): Found | null {
  if (!('missing' in found)) return found
  const problem = `NO ${what.toUpperCase()}, so its tests are skipped: ${found.missing}.`
  if (process.env['CI'] === 'true') throw new Error(problem)
  process.stderr.write(`\n*** ${problem} ***\n\n`)
  return null
}
