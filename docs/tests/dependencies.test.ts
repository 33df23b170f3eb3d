import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { filesEndingIn, root } from './repository.ts'

interface PackageJson {
  readonly name: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Of packages that npm installs on some machines only, where the licence can't be read everywhere. */
const NODE_LICENCE = 'MIT'

const packages = filesEndingIn('package.json').map((path) => ({ path, json: readJson(root + path) }))

/** Each direct dependency that isn't ours, and who has it. */
const wanted = new Map<string, { readonly users: Set<string>; readonly from: string }>()
for (const { path, json } of packages) {
  const all = { ...json.dependencies, ...json.devDependencies, ...json.optionalDependencies }
  for (const name of Object.keys(all).filter((dependency) => !dependency.startsWith('@senio/'))) {
    const entry = wanted.get(name) ?? { users: new Set(), from: root + path }
    entry.users.add(json.name.replace('@senio/', ''))
    wanted.set(name, entry)
  }
}

const listed = readFileSync(`${root}docs/DEPENDENCIES.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', users = '', reason = '', licence = '']) => ({
    name: name.replaceAll('`', ''),
    users,
    reason,
    licence,
  }))

test('docs/DEPENDENCIES.md lists each direct dependency once, in alphabetical order, and no other', () => {
  expect(listed.map(({ name }) => name)).toEqual([...wanted.keys()].sort(byName))
})

test.each(listed)('$name: who uses it, why, and its licence are told', ({ name, users, reason, licence }) => {
  const entry = wanted.get(name)
  expect(users).toBe([...(entry?.users ?? [])].sort(byName).join(', '))
  expect(reason).not.toBe('')
  expect(licence).toBe(entry === undefined ? undefined : licenceOf(name, entry.from))
})

function licenceOf(name: string, from: string): string | undefined {
  if (/^node-(linux|win|darwin)-/.test(name)) return NODE_LICENCE
  const folders = createRequire(from).resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      return readJson(`${folder}/${name}/package.json`).license
    } catch {
      // Installed in a folder further up.
    }
  }
  return undefined
}

function readJson(file: string): PackageJson {
  return JSON.parse(readFileSync(file, 'utf8')) as PackageJson
}

/** `@scope/name` under its name, as people look for it. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
