import { SECOND } from '@senio/protocol'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { iconButtonStyle } from './button-style.ts'
import { classNames } from './class-names.ts'
import { ToastContext } from './toast.ts'
import { text } from './texts.ts'

interface Toast {
  readonly id: string
  readonly title: string
  readonly detail?: string | undefined
  readonly isFailure: boolean
  readonly undo?: (() => void) | undefined
  readonly lastsMs: number
}

/** The newest ones are shown; older ones make room. */
const SHOWN = 3

/** Shows the messages of everything in it. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])

  const toaster = useMemo(() => {
    function show(toast: Omit<Toast, 'id'>) {
      const id = crypto.getRandomValues(new Uint32Array(2)).join('-')
      setToasts((before) => [...before, { ...toast, id }].slice(-SHOWN))
    }
    return {
      done: (title: string, undo?: () => void) =>
        show({ title, undo, isFailure: false, lastsMs: (undo === undefined ? 4 : 8) * SECOND }),
      failed: (title: string, detail?: string) =>
        show({ title, detail, isFailure: true, lastsMs: 10 * SECOND }),
    }
  }, [])

  return (
    <ToastContext value={toaster}>
      {children}
      <section
        aria-label={text('messages')}
        className="pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-88"
      >
        {/* Live regions must be there before what they announce. */}
        {[false, true].map((isFailure) => (
          <div key={String(isFailure)} aria-live={isFailure ? 'assertive' : 'polite'} className="contents">
            {toasts
              .filter((toast) => toast.isFailure === isFailure)
              .map((toast) => (
                <Message
                  key={toast.id}
                  toast={toast}
                  onEnd={() => setToasts((before) => before.filter(({ id }) => id !== toast.id))}
                />
              ))}
          </div>
        ))}
      </section>
    </ToastContext>
  )
}

function Message({ toast, onEnd }: { readonly toast: Toast; readonly onEnd: () => void }) {
  const { title, detail, isFailure, undo, lastsMs } = toast
  // It stays while somebody is about to use it.
  const [held, setHeld] = useState(false)

  useEffect(() => {
    if (held) return
    const timer = setTimeout(onEnd, lastsMs)
    return () => clearTimeout(timer)
  })

  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classNames(
        'pointer-events-auto flex items-center gap-2 rounded-lg border bg-raised py-2 pr-1.5 pl-4 shadow-high',
        'transition duration-200 starting:translate-y-2 starting:opacity-0',
        isFailure ? 'border-danger' : 'border-line',
      )}
    >
      <div className="min-w-0 flex-1 py-1 text-sm">
        <p className="font-medium">{title}</p>
        {detail !== undefined && <p className="mt-0.5 text-muted">{detail}</p>}
      </div>
      {undo !== undefined && (
        <button
          type="button"
          className="h-9 rounded-md px-3 text-sm font-medium text-accent hover:bg-hover pointer-coarse:h-11"
          onClick={() => {
            onEnd()
            undo()
          }}
        >
          {text('undo')}
        </button>
      )}
      <button type="button" aria-label={text('dismiss')} className={iconButtonStyle()} onClick={onEnd}>
        <X aria-hidden="true" />
      </button>
    </div>
  )
}
