import type { ReactNode } from 'react'
import { useTitle } from '../app/page.tsx'
import { Logo } from '../design/logo.tsx'
import { TimelineFigure } from '../design/timeline-figure.tsx'
import { text } from './texts.ts'

export interface EntryPageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** A page before the sign-in. */
export function EntryPage({ title, lead, children }: EntryPageProps) {
  useTitle(title)
  return (
    <main id="main" className="grid min-h-dvh lg:grid-cols-[minmax(26rem,2fr)_3fr]">
      <div className="flex flex-col bg-surface px-6 py-8 sm:px-10 lg:border-r lg:border-line">
        <Logo />
        <div className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
          <h1 className="text-2xl font-semibold">{title}</h1>
          {lead !== undefined && <p className="mt-2 text-muted">{lead}</p>}
          <div className="mt-7">{children}</div>
        </div>
      </div>
      <div className="hidden place-content-center p-12 lg:grid">
        <TimelineFigure className="w-[min(42rem,46vw)] text-ink" />
        <p className="mt-10 max-w-md justify-self-center text-center text-lg text-muted">{text('motto')}</p>
      </div>
    </main>
  )
}
