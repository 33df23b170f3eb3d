import { fileURLToPath } from 'node:url'
import type { Rolldown } from 'vite'

/** What the app begins with, and what every view needs beyond: each becomes one file. */
const GROUPS = [
  ['base', fileURLToPath(new URL('../src/main.tsx', import.meta.url))],
  ['view', fileURLToPath(new URL('../src/sensors/sensor-page.tsx', import.meta.url))],
] as const

/**
 * Puts what is needed at first sight into few files: browsers ask a server for six at a time, and a hundred small ones
 * wait for each other. What is loaded on demand is cut as the bundler likes.
 */
export function chunkGroups(): Rolldown.CodeSplittingOptions {
  let groups: ReadonlyMap<string, string> | null = null
  return {
    groups: [
      {
        name(id, context) {
          groups ??= groupsOf(GROUPS, (module) => context.getModuleInfo(module)?.importedIds ?? [])
          return groups.get(id) ?? null
        },
      },
    ],
  }
}

/**
 * The group of each module: the first of those whose root imports it, however indirectly. A root stays a file of its
 * own, so that it can be asked for.
 */
export function groupsOf(
  roots: readonly (readonly [group: string, root: string])[],
  importsOf: (module: string) => readonly string[],
): ReadonlyMap<string, string> {
  const groups = new Map<string, string>()
  for (const [group, root] of roots) {
    const waiting = [...importsOf(root)]
    for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
      if (groups.has(module)) continue
      groups.set(module, group)
      waiting.push(...importsOf(module))
    }
  }
  return groups
}
