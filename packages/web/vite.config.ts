import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkGroups } from './build/chunk-groups.ts'
import { precompress } from './build/precompress.ts'
import { sizeBudget } from './build/size-budget.ts'

/** Where a server runs during development. */
const server = 'http://localhost:8080'

export default defineConfig({
  plugins: [react(), tailwindcss(), sizeBudget(), precompress()],
  build: {
    outDir: 'dist',
    // The content security policy allows no data: fonts or scripts, and small files compress well together anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: chunkGroups() } },
  },
  server: { proxy: { '/api': server, '/publish': server } },
})
