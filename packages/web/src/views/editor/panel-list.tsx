import { MAX_PANELS } from '@senio/protocol'
import type { ListedSensorJson } from '@senio/protocol/api'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { SortableList } from '../../design/sortable-list.tsx'
import { useToast } from '../../design/toast.ts'
import { text } from '../texts.ts'
import {
  addFields,
  deletedFields,
  type Draft,
  type DraftField,
  type DraftPanel,
  replaceField,
  withoutDeleted,
  withoutPanel,
  withPanel,
  withPanels,
} from './draft.ts'
import { FieldPicker } from './field-picker.tsx'
import { PanelCard } from './panel-card.tsx'
import { panelName } from './panel-name.ts'

/** What fields are being picked for. */
type Picking =
  | { readonly for: 'panels' }
  | { readonly for: 'panel'; readonly panel: DraftPanel }
  | { readonly for: 'place'; readonly panel: DraftPanel; readonly field: DraftField }

export interface PanelListProps {
  readonly draft: Draft
  readonly sensors: readonly ListedSensorJson[]
  readonly onChange: (change: (draft: Draft) => Draft) => void
}

/** The panels of a view: add, fill, put in order, size, remove. */
export function PanelList({ draft, sensors, onChange }: PanelListProps) {
  const toast = useToast()
  const [picking, setPicking] = useState<Picking | null>(null)
  const deleted = deletedFields(draft, sensors)
  const isFull = draft.panels.length >= MAX_PANELS

  function remove(panel: DraftPanel, label: string): void {
    const place = draft.panels.indexOf(panel)
    onChange((now) => withoutPanel(now, panel.id))
    toast.done(text('removedPanel', { panel: label }), () =>
      onChange((now) => ({ ...now, panels: now.panels.toSpliced(place, 0, panel) })),
    )
  }

  function pick(fields: readonly DraftField[]): void {
    setPicking(null)
    if (picking === null) return
    onChange((now) => {
      if (picking.for === 'panels') return withPanels(now, fields, sensors, () => crypto.randomUUID())
      const [first] = fields
      return withPanel(now, picking.panel.id, (panel) => {
        if (picking.for === 'panel') return addFields(panel, fields)
        return first === undefined ? panel : replaceField(panel, picking.field, first)
      })
    })
  }

  const items = draft.panels.map((panel, index) => ({ ...panel, label: panelName(panel, index) }))
  return (
    <section aria-label={text('editPanels')}>
      {deleted.length > 0 && (
        <div className="mb-3">
          <Notice tone="warning">
            <p>{text('someDeleted', { count: deleted.length })}</p>
            <Button className="mt-2" onClick={() => onChange((now) => withoutDeleted(now, sensors))}>
              {text('removeDeleted')}
            </Button>
          </Notice>
        </div>
      )}
      <SortableList
        items={items}
        onReorder={(moved) => {
          const order = moved.map(({ id }) => id)
          onChange((now) => ({
            ...now,
            panels: now.panels.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
          }))
        }}
        className="space-y-2"
        rowClassName="rounded-xl border border-line bg-surface shadow-low"
      >
        {({ label, ...panel }, move) => (
          <PanelCard
            panel={panel}
            label={label}
            sensors={sensors}
            move={move}
            onChange={(change) => onChange((now) => withPanel(now, panel.id, change))}
            onAdd={() => setPicking({ for: 'panel', panel })}
            onReplace={(field) => setPicking({ for: 'place', panel, field })}
            onRemove={() => {
              const own = draft.panels.find(({ id }) => id === panel.id)
              if (own !== undefined) remove(own, label)
            }}
          />
        )}
      </SortableList>
      <Button
        variant={draft.panels.length === 0 ? 'primary' : 'secondary'}
        disabled={isFull}
        className="mt-3 w-full"
        onClick={() => setPicking({ for: 'panels' })}
      >
        <Plus aria-hidden="true" className="size-4" />
        {text('addPanels')}
      </Button>
      {draft.panels.length === 0 && (
        <p className="mt-3 text-center text-sm text-muted lg:hidden">{text('emptyPreviewText')}</p>
      )}
      {isFull && <p className="mt-2 text-sm text-muted">{text('mostPanels', { count: MAX_PANELS })}</p>}
      <FieldPicker
        open={picking !== null}
        sensors={sensors}
        shown={
          picking === null || picking.for === 'panels'
            ? draft.panels.flatMap(({ fields }) => fields)
            : picking.panel.fields
        }
        purpose={purposeOf(picking, draft)}
        onPick={pick}
        onClose={() => setPicking(null)}
      />
    </section>
  )
}

function purposeOf(picking: Picking | null, draft: Draft) {
  if (picking?.for === 'place') return { kind: 'replace', field: picking.field } as const
  if (picking?.for === 'panel') return { kind: 'extend', fields: picking.panel.fields.length } as const
  return { kind: 'panels', panels: draft.panels.length } as const
}
