import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** What isn't the repository's own, wherever it lies. */
const FOREIGN: ReadonlySet<string> = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache'])

/** Every file of the repository that is named so or ends so: paths relative to the root, with slashes, sorted. */
export function filesEndingIn(ending: string): readonly string[] {
  return filesUnder('').filter((path) => path.endsWith(ending))
}

function filesUnder(directory: string): readonly string[] {
  return readdirSync(root + directory, { withFileTypes: true })
    .filter(({ name }) => !FOREIGN.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(`${directory}${entry.name}/`) : [directory + entry.name],
    )
}
