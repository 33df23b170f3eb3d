import type { ReactNode } from 'react'

export interface TrackProps {
  /** What the track shows, above it. */
  readonly header: ReactNode
  readonly children: ReactNode
}

/** One track of a view: a line that says what it is, and its plot. */
export function Track({ header, children }: TrackProps) {
  return (
    <section className="@container border-b border-line pt-2 pb-1 last-of-type:border-b-0">
      <div className="flex min-h-7 flex-wrap items-center gap-x-1 gap-y-0.5 pr-3 pl-2 text-sm">{header}</div>
      {children}
    </section>
  )
}
