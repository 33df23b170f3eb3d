import { createContext, useContext } from 'react'

export interface Toaster {
  /** Says that something worked. */
  readonly done: (title: string, undo?: () => void) => void
  /** Says that something didn't, and what to do. */
  readonly failed: (title: string, detail?: string) => void
}

export const ToastContext = createContext<Toaster>({ done: () => {}, failed: () => {} })

/** Short messages in a corner, announced to screen readers. */
export function useToast(): Toaster {
  return useContext(ToastContext)
}
