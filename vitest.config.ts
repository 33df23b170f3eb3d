import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'docs/tests/**/*.test.ts'],
    testTimeout: 20_000,
    restoreMocks: true,
  },
})
