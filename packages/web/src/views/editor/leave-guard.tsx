import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { text } from '../texts.ts'

export interface LeaveGuardProps {
  /** Of the view; null for a new one. */
  readonly name: string | null
  /** Whether something would be lost at this moment. */
  readonly isOpen: () => boolean
}

/** Asks before what isn't saved is left. Range and cursor may move in the address meanwhile. */
export function LeaveGuard({ name, isOpen }: LeaveGuardProps) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isOpen() && current.pathname !== next.pathname,
    enableBeforeUnload: isOpen,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={status === 'blocked'}
      onOpenChange={() => reset?.()}
      title={text('leaveTitle')}
      confirmLabel={text('leave')}
      onConfirm={() => proceed?.()}
    >
      {name === null ? text('leaveTextNew') : text('leaveText', { name })}
    </ConfirmDialog>
  )
}
