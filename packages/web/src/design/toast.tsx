import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { iconButtonStyle } from './button-style.ts'

export interface Toaster {
  /** Says that something worked. */
  done(title: string, undo?: () => void): void
  /** Says that something didn't, and what to do. */
  failed(title: string, detail?: string): void
}

/** Short messages in a corner, announced to screen readers. */
export function useToast(): Toaster {
  const { add, close } = Base.useToastManager()
  return useMemo(
    () => ({
      done(title, undo) {
        if (undo === undefined) {
          add({ title, timeout: 4000 })
          return
        }
        const id = add({
          title,
          timeout: 8000,
          actionProps: {
            children: 'Undo',
            onClick() {
              close(id)
              undo()
            },
          },
        })
      },
      failed: (title, detail) =>
        void add({
          title,
          type: 'failed',
          timeout: 10_000,
          priority: 'high',
          ...(detail === undefined ? {} : { description: detail }),
        }),
    }),
    [add, close],
  )
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-88">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastList() {
  const { toasts } = Base.useToastManager()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['down', 'right']}
      className="rounded-lg border border-line bg-raised shadow-high transition duration-200 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0 data-[type=failed]:border-danger"
    >
      <Base.Content className="flex items-center gap-2 py-2 pr-1.5 pl-4">
        <div className="min-w-0 flex-1 py-1">
          <Base.Title className="text-sm font-medium" />
          <Base.Description className="mt-0.5 text-sm text-muted" />
        </div>
        <Base.Action className="h-9 rounded-md px-3 text-sm font-medium text-accent hover:bg-hover pointer-coarse:h-11" />
        <Base.Close className={iconButtonStyle()} aria-label="Dismiss">
          <X aria-hidden="true" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
