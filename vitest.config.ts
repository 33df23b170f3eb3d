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
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
