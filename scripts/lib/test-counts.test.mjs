import { expect, test } from 'vitest'
import { addCounts, countLine, countTests, noTests } from './test-counts.mjs'

const GREEN = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }

test('passed, failed and skipped are counted, to-dos as skipped', () => {
  expect(countTests(GREEN)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('a file that fails before any of its tests is one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(countTests({ ...GREEN, numFailedTests: 1, testResults })).toMatchObject({ failed: 2 })
})

test('the last line sums the runs, and speaks of skipped tests only when there are any', () => {
  expect(countLine(addCounts(countTests(GREEN), { passed: 4, failed: 1, skipped: 0 }))).toBe(
    '7 passed, 1 failed, 2 skipped',
  )
  expect(countLine({ ...noTests, passed: 2 })).toBe('2 passed, 0 failed')
})
