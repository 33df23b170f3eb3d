import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The built program over real HTTP, in a real browser. `prepare.mjs` builds the web app and unpacks the browser. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['e2e/prepare.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
