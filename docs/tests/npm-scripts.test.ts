import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesEndingIn, root } from './repository.ts'

const MENTION = /npm run ([\w:-]+)(?: -w (packages\/\w+))?/g

test('every npm script that a document mentions is there', () => {
  const missing = filesEndingIn('.md').flatMap((document) =>
    [...readFileSync(root + document, 'utf8').matchAll(MENTION)]
      .filter(([, script = '', workspace]) => !scriptsOf(workspace).includes(script))
      .map(([mention]) => `${document}: ${mention}`),
  )
  expect(missing).toEqual([])
})

function scriptsOf(workspace: string | undefined): readonly string[] {
  const file = `${root}${workspace === undefined ? '' : `${workspace}/`}package.json`
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scripts?: object }
  return Object.keys(scripts ?? {})
}
