import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Section } from '../../design/section.tsx'
import { SortableList } from '../../design/sortable-list.tsx'
import { useToast } from '../../design/toast.ts'
import { fieldView } from '../../fields/index.ts'
import { DeleteFieldDialog } from './delete-field-dialog.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { text } from './texts.ts'

/** The dialog that is open; `field` null adds a new one. */
type Task =
  | { readonly does: 'edit'; readonly field: string | null }
  | { readonly does: 'delete'; readonly field: string }

/** The fields of a sensor: add, edit, reorder, delete. */
export function FieldSettings({ sensor }: { readonly sensor: SensorDetailJson }) {
  const [task, setTask] = useState<Task | null>(null)
  const { order, reorder, error } = useOrder(sensor)
  const close = () => setTask(null)

  const items = order.flatMap((name) => {
    const field = sensor.fields[name]
    return field === undefined ? [] : [{ ...field, id: name, label: name }]
  })
  return (
    <Section
      title={text('fields')}
      lead={text('fieldsLead')}
      actions={
        <Button onClick={() => setTask({ does: 'edit', field: null })}>
          <Plus className="size-4" aria-hidden="true" />
          {text('addField')}
        </Button>
      }
    >
      {items.length === 0 && <Notice>{text('noFields')}</Notice>}
      <SortableList
        items={items}
        onReorder={(moved) => reorder(moved.map(({ id }) => id))}
        className="overflow-hidden rounded-lg border border-line bg-surface"
        rowClassName="flex flex-wrap items-center gap-1 border-line bg-surface py-1.5 pr-1.5 pl-1 not-first:border-t"
      >
        {({ id: name, type, unit }, move) => {
          const { icon: Icon, label } = fieldView(type)
          return (
            <>
              {move.handle}
              <Icon className="mx-1.5 size-4.5 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <div className="truncate font-medium">{name}</div>
                <div className="truncate text-xs text-muted">{unit === '' ? label : `${label}, ${unit}`}</div>
              </div>
              <div className="flex max-sm:w-full max-sm:justify-end">
                {move.buttons}
                <IconButton
                  label={text('edit', { field: name })}
                  onClick={() => setTask({ does: 'edit', field: name })}
                >
                  <Pencil aria-hidden="true" />
                </IconButton>
                <IconButton
                  label={text('delete', { field: name })}
                  onClick={() => setTask({ does: 'delete', field: name })}
                >
                  <Trash2 aria-hidden="true" />
                </IconButton>
              </div>
            </>
          )
        }}
      </SortableList>
      {error !== undefined && (
        <div className="mt-3">
          <Notice tone="error">{error}</Notice>
        </div>
      )}
      <FieldDialog
        sensor={sensor}
        field={task?.does === 'edit' ? task.field : null}
        open={task?.does === 'edit'}
        onClose={close}
      />
      <DeleteFieldDialog
        sensor={sensor.name}
        field={task?.does === 'delete' ? task.field : null}
        onClose={close}
      />
    </Section>
  )
}

/** The order of the fields, as wanted while the server is being told. */
function useOrder(sensor: SensorDetailJson) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  const stored = Object.keys(sensor.fields)

  async function store(order: readonly string[]) {
    setWanted(order)
    try {
      await client.sensors.update(sensor.name, { order: [...order] })
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensor(sensor.name) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
    } finally {
      setWanted(null)
    }
  }

  const undo = useAction(store, () => toast.done(text('orderRestored')))
  const change = useAction(
    ({ order }: { order: readonly string[]; before: readonly string[] }) => store(order),
    (_, { before }) => toast.done(text('orderChanged'), () => undo.run(before)),
  )
  return {
    order: wanted ?? stored,
    reorder: (order: readonly string[]) => change.run({ order, before: stored }),
    error: change.error ?? undo.error,
  }
}
