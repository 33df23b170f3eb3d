import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commands } from './commands.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const documents = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...guide()]

/** A command line of `senio` in prose or a block, up to its end or whatever a shell takes for one. */
const LINE = /\bsenio ((?:[a-z-]+ ?)+[^\n`|;&)]*)/g
const EVERYWHERE: ReadonlySet<string> = new Set(['json', 'help'])

test.each(documents)('every senio command in %s exists and has the flags that are shown', (document) => {
  const lines = [
    ...readFileSync(root + document, 'utf8')
      .replaceAll('\\\n', ' ')
      .matchAll(LINE),
  ]
    .map(([, line = '']) => line)
    .filter((line) => isCommandLine(line))
  const wrong = lines.filter((line) => {
    const command = commandOf(line)
    if (command === undefined) return true
    const known = new Set(Object.values(command.options).map(({ flag }) => flag))
    return [...line.matchAll(/ --([a-z-]+)/g)].some(
      ([, flag = '']) => !known.has(flag) && !EVERYWHERE.has(flag),
    )
  })
  expect(wrong).toEqual([])
})

/** Prose speaks of Senio with a capital; what begins like a command or a group, or has flags, is meant as one. */
function isCommandLine(line: string): boolean {
  const first = line.split(' ')[0] ?? ''
  return (
    first !== 'help' && (line.includes(' --') || commands.some(({ path }) => path.split(' ')[0] === first))
  )
}

function commandOf(line: string) {
  return commands.find(({ path }) => line === path || line.startsWith(`${path} `) || line.trim() === path)
}

function guide(): readonly string[] {
  return readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`)
}
