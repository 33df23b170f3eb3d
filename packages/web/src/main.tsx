import './design/styles.css'
import { createClient } from '@senio/client'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { App } from './app/app.tsx'
import { openLanguage } from './i18n/load-language.ts'

const root = document.getElementById('app')
if (root !== null) {
  // Nothing is drawn before its words are there. If they can't be had, English is better than nothing.
  await openLanguage().catch(() => {})
  createRoot(root).render(
    <StrictMode>
      <App client={createClient()} queryClient={createQueryClient()} />
    </StrictMode>,
  )
}
