import { afterEach, expect, test, vi } from 'vitest'
import { orSkipLoudly } from './or-skip-loudly.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('what a test needs and is not there is an error in CI', () => {
  vi.stubEnv('CI', 'true')
  expect(() => orSkipLoudly('pump', { missing: 'no water' })).toThrow(
    'NO PUMP, so its tests are skipped: no water.',
  )
  const found = { url: 'here' }
  expect(orSkipLoudly('pump', found)).toBe(found)
})

test('elsewhere it is said aloud', () => {
  vi.stubEnv('CI', '')
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(orSkipLoudly('pump', { missing: 'no water' })).toBeNull()
  expect(said.mock.calls.join('')).toContain('NO PUMP')
})
