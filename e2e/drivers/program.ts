import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** `senio` as a checkout runs it. */
export const senioProgram = fileURLToPath(new URL('../../packages/server/bin/senio.mjs', import.meta.url))

/** The Node that runs it without a second process between, so that signals reach it. */
export const node = process.env['SENIO_TEST_NODE'] ?? process.execPath

/** What a program started by a test gets: the test's own environment without settings of Senio. */
export function cleanEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SENIO_') && !name.startsWith('VITEST') && name !== 'NODE_OPTIONS',
  )
  return { ...Object.fromEntries(own), NODE_ENV: 'production', ...more }
}
