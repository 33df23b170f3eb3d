import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/{src,build}/**/*.test.{ts,tsx}',
      'bench/**/*.test.ts',
      'docs/tests/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    globalSetup: [
      'packages/server/src/testing/postgres/global-setup.ts',
      'packages/server/src/testing/ceph/global-setup.ts',
    ],
    // Much of what tests do is waiting for other processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
