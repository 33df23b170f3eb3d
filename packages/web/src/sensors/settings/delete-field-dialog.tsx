import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { useToast } from '../../design/toast.ts'
import { text } from './texts.ts'

export interface DeleteFieldDialogProps {
  readonly sensor: string
  /** The field to delete; null while none is to be. */
  readonly field: string | null
  readonly onClose: () => void
}

export function DeleteFieldDialog({ sensor, field, onClose }: DeleteFieldDialogProps) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const remove = useAction(
    (name: string) => client.fields.delete(sensor, name),
    async (_, name) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensor(sensor) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
      toast.done(text('fieldDeleted', { field: name }))
      onClose()
    },
  )
  return (
    <ConfirmDialog
      open={field !== null}
      onOpenChange={() => {
        remove.reset()
        onClose()
      }}
      title={text('askDeleteField', { field: field ?? '' })}
      confirmLabel={text('deleteField')}
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => field !== null && remove.run(field)}
    >
      {text('deleteFieldHelp')}
    </ConfirmDialog>
  )
}
