import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface NoticeProps {
  readonly tone?: 'info' | 'warning' | 'error'
  readonly children: ReactNode
}

const tones = {
  info: 'border-line bg-sunken text-ink',
  warning: 'border-warn/40 bg-warn-soft text-ink',
  error: 'border-danger/40 bg-danger-soft text-danger',
} as const

/** Something to know before going on; errors are announced. */
export function Notice({ tone = 'info', children }: NoticeProps) {
  return (
    <div
      className={classNames('rounded-lg border px-4 py-3 text-sm', tones[tone])}
      {...(tone === 'error' ? { role: 'alert' } : {})}
    >
      {children}
    </div>
  )
}
