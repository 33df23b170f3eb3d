import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { iconButtonStyle } from './button-style.ts'
import { classNames } from './class-names.ts'
import { text } from './texts.ts'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  /** `wide` for what holds a table or code. */
  readonly size?: 'normal' | 'wide'
  readonly children: ReactNode
}

/** A task of its own, over the page; a sheet from the bottom on phones. */
export function Dialog({ open, onOpenChange, title, description, size = 'normal', children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Viewport className="fixed inset-0 z-40 grid justify-items-center overflow-y-auto max-sm:items-end sm:items-center sm:p-6">
          <Base.Popup className={popupStyle(size)}>
            <header className="flex items-start gap-3 px-5 pt-4 sm:px-6 sm:pt-5">
              <div className="min-w-0 flex-1 py-1">
                <Base.Title className="text-lg leading-snug font-semibold">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="mt-1 text-sm text-muted">{description}</Base.Description>
                )}
              </div>
              <Base.Close className={iconButtonStyle('-mr-2')} aria-label={text('close')}>
                <X aria-hidden="true" />
              </Base.Close>
            </header>
            <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

export const backdropStyle =
  'fixed inset-0 z-40 bg-(--scrim) transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0'

export function popupStyle(size: 'normal' | 'wide'): string {
  return classNames(
    'w-full rounded-t-2xl border border-line bg-raised shadow-high outline-none sm:rounded-2xl',
    'transition duration-150 ease-out data-starting-style:opacity-0 data-ending-style:opacity-0',
    'data-starting-style:translate-y-3 data-ending-style:translate-y-3 motion-reduce:translate-y-0',
    size === 'wide' ? 'sm:max-w-2xl' : 'sm:max-w-md',
  )
}
