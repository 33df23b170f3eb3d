import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = fileURLToPath(new URL('../../packages/', import.meta.url))

/**
 * Copies the built program aside, so that the same program is measured from beginning to end though somebody goes on
 * working in the checkout. The copy stays under `node_modules`, where it finds its libraries.
 *
 * @returns the directory, to be removed by the caller
 */
export async function copyBuild(cache: string): Promise<string> {
  const copy = join(cache, `build-${process.pid}`)
  await rm(copy, { recursive: true, force: true })
  for (const name of ['server', 'web']) {
    await mkdir(join(copy, name), { recursive: true })
    await cp(join(PACKAGES, name, 'dist'), join(copy, name, 'dist'), { recursive: true })
  }
  await writeFile(join(copy, 'package.json'), '{"type":"module"}\n')
  return copy
}

/** The program's file in such a copy. */
export function mainOf(copy: string): string {
  return join(copy, 'server', 'dist', 'main.js')
}
