import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './repository.ts'

const rows = readFileSync(`${root}docs/security/asvs.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('the table of ASVS 5.0.0 has each requirement of levels 1 and 2 once', () => {
  const numbers = rows.map(([, number]) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(rows.filter(([, , level]) => level === '1').length).toBe(70)
  expect(rows.filter(([, , level]) => level === '2').length).toBe(183)
})

test('the table of ASVS says of each requirement what is done, or why nothing is', () => {
  const silent = rows.filter(
    ([, , , state = '', short = '']) =>
      short === '' || !/^(?:held|in part|accepted|\*\*open\*\*|n\/a)$/.test(state),
  )
  expect(silent).toEqual([])
})

test('the table of ASVS counts rightly', () => {
  const text = readFileSync(`${root}docs/security/asvs.md`, 'utf8').replaceAll(/\s+/g, ' ')
  const count = (state: string): number => rows.filter((row) => row[3] === state).length
  expect(text).toContain(
    `Of ${rows.length} requirements ${count('held')} are held, ${count('in part')} in part, ${count('accepted')} accepted, ${count('**open**')} open, ${count('n/a')} don't apply.`,
  )
})

test('what the table of ASVS calls accepted has its reason in the threat model', () => {
  const accepted = rows.filter((row) => row[3] === 'accepted').map(([, number = '']) => number)
  const threatModel = readFileSync(`${root}docs/security/threat-model.md`, 'utf8')
  const reasons = /^## Accepted$[^]*?^## /m.exec(threatModel)?.[0] ?? ''
  expect([...reasons.matchAll(/V\d+\.\d+\.\d+/g)].map(([number]) => number).sort()).toEqual(accepted.sort())
})
