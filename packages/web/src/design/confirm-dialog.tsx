import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { backdropStyle, popupStyle } from './dialog.tsx'
import { TextField } from './text-field.tsx'
import { text } from './texts.ts'

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** What will be lost. */
  readonly children: ReactNode
  /** The button that does it: "Delete the field". */
  readonly confirmLabel: string
  /** To be typed before it can be confirmed; absent = no typing. */
  readonly typeToConfirm?: string
  readonly pending?: boolean
  /** What went wrong; undefined while nothing did. */
  readonly error?: string | undefined
  readonly onConfirm: () => void
}

/** Asks before something is destroyed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title } = props
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Viewport className="fixed inset-0 z-40 grid justify-items-center overflow-y-auto max-sm:items-end sm:items-center sm:p-6">
          <Base.Popup className={popupStyle('normal')}>
            <div className="p-5 sm:p-6">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              <ConfirmForm {...props} />
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function ConfirmForm(props: ConfirmDialogProps) {
  const { children, confirmLabel, typeToConfirm, pending = false, error, onConfirm } = props
  const [typed, setTyped] = useState('')
  const confirmable = typeToConfirm === undefined || typed.normalize('NFC').trim() === typeToConfirm

  function submit(event: FormEvent) {
    event.preventDefault()
    if (confirmable && !pending) onConfirm()
  }

  return (
    <form onSubmit={submit}>
      <Base.Description render={<div />} className="mt-2 text-muted">
        {children}
      </Base.Description>
      {typeToConfirm !== undefined && (
        <TextField
          label={text('typeToConfirm', { what: typeToConfirm })}
          className="mt-4"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
      {error !== undefined && (
        <p role="alert" className="mt-4 text-sm text-danger">
          {error}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Base.Close render={<Button>{text('cancel')}</Button>} />
        <Button type="submit" variant="danger" disabled={!confirmable} pending={pending}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}
