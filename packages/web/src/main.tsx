import './design/styles.css'
import { createClient } from '@senio/client'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { App } from './app/app.tsx'

const root = document.getElementById('app')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App client={createClient()} queryClient={createQueryClient()} />
    </StrictMode>,
  )
}
