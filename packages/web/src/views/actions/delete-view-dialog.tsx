import type { ViewJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../api/client-context.ts'
import { problemText } from '../../api/problem-text.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { useToast } from '../../design/toast.ts'
import { text } from '../texts.ts'

export interface DeleteViewDialogProps {
  readonly view: ViewJson
  readonly open: boolean
  readonly onClose: () => void
  readonly onDeleted?: (() => void) | undefined
}

/** Asks before a view is deleted, and brings it back for whoever thinks better of it. */
export function DeleteViewDialog({ view, open, onClose, onDeleted }: DeleteViewDialogProps) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()

  async function restore(): Promise<void> {
    try {
      const panels = view.panels.map(({ columns, rows, fields }) => ({
        columns,
        rows,
        fields: fields.flatMap(({ sensor, field, deleted }) => (deleted ? [] : [{ sensor, field }])),
      }))
      await client.views.create({ name: view.name, panels })
      await queryClient.invalidateQueries({ queryKey: queryKeys.views })
      toast.done(text('restored', { name: view.name }))
    } catch (error) {
      toast.failed(text('failedRestore'), problemText(error))
    }
  }

  const remove = useAction(
    () => client.views.delete(view.id),
    () => {
      onClose()
      onDeleted?.()
      queryClient.removeQueries({ queryKey: queryKeys.view(view.id) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.views, exact: true })
      toast.done(text('deleted', { name: view.name }), () => void restore())
    },
  )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={() => {
        remove.reset()
        onClose()
      }}
      title={text('deleteTitle', { name: view.name })}
      confirmLabel={text('deleteConfirm')}
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => remove.run(undefined)}
    >
      {text('deleteText')}
    </ConfirmDialog>
  )
}
