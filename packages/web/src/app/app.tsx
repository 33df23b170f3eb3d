import { CSPProvider } from '@base-ui/react/csp-provider'
import type { Client } from '@senio/client'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { ClientContext } from '../api/client-context.ts'
import { ThemeProvider } from '../design/theme-provider.tsx'
import { shownLanguage } from '../i18n/language.ts'
import { useSignal } from '../timeline/use-signal.ts'
import { ToastProvider } from '../design/toast-provider.tsx'
import { createAppRouter } from './router.tsx'

export interface AppProps {
  readonly client: Client
  readonly queryClient: QueryClient
}

/** The whole app over one server. */
export function App({ client, queryClient }: AppProps) {
  const [router] = useState(() => createAppRouter({ client, queryClient }))
  const { language } = useSignal(shownLanguage)
  return (
    // The content security policy allows no style elements.
    <CSPProvider disableStyleElements>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <ClientContext value={client}>
            {/* Another language is another tree: nothing in it remembers the words of the one before. */}
            <ToastProvider key={language}>
              <RouterProvider router={router} />
            </ToastProvider>
          </ClientContext>
        </QueryClientProvider>
      </ThemeProvider>
    </CSPProvider>
  )
}
