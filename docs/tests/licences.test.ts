import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './repository.ts'

interface LockedPackage {
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

/** Those that allow what we do: give the program away under Apache-2.0, with its libraries as they are. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
])

/** libvips, which sharp loads as a library of its own that may be replaced: what the LGPL asks for. */
const LINKED = /(?:^|\/)node_modules\/@img\/sharp-/

const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
const shipped = Object.entries(lock.packages).filter(
  ([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true,
)

function isAllowed(path: string, licence: string): boolean {
  return licence
    .split(' AND ')
    .every((one) => ALLOWED.has(one) || (LINKED.test(path) && one === 'LGPL-3.0-or-later'))
}

test('every library that is given away with the program has a licence that allows it', () => {
  expect(shipped.length).toBeGreaterThan(50)
  const others = shipped
    .map(([path, { license = 'none' }]) => [path, license] as const)
    .filter(([path, licence]) => !isAllowed(path, licence))
  expect(others).toStrictEqual([])
})
