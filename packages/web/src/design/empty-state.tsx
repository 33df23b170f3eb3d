import type { ReactNode } from 'react'

export interface EmptyStateProps {
  /** A drawing or icon. */
  readonly figure?: ReactNode
  readonly title: string
  /** 1 where it is the whole page; otherwise 2. */
  readonly level?: 1 | 2
  readonly children?: ReactNode
  /** What to do about it. */
  readonly action?: ReactNode
}

/** Where there is nothing (yet): why, and what to do. */
export function EmptyState({ figure, title, level = 2, children, action }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-16 text-center">
      {figure !== undefined && <div className="mb-6 text-muted">{figure}</div>}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children !== undefined && <div className="mt-2 text-muted">{children}</div>}
      {action !== undefined && <div className="mt-6 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  )
}
