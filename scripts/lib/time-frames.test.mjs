import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { timeFrames } from './time-frames.mjs'

test('SECURITY.md gives each severity of an advisory the time that the audit prints', () => {
  const rows = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, severities, time]) => severities.split(', or ').map((severity) => [severity, time]))
    .filter(([severity]) => severity !== 'advisory' && !severity.startsWith('-'))
  expect(Object.fromEntries(rows)).toEqual(timeFrames)
})
