import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root, wherever the script was started from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A path under the repository's root. */
export function inRoot(...parts) {
  return join(root, ...parts)
}
