import { MAX_PANEL_FIELDS } from '@senio/protocol'
import type { ListedSensorJson } from '@senio/protocol/api'
import { Plus, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { IconButton } from '../../design/icon-button.tsx'
import type { SortableControls } from '../../design/sortable-list.tsx'
import { buttonStyle } from '../../design/button-style.ts'
import { text } from '../texts.ts'
import { type DraftField, type DraftPanel, withoutField } from './draft.ts'
import { FieldChip } from './field-chip.tsx'
import { SizeChoice } from './size-choice.tsx'
import {
  heightOf,
  heights,
  type PanelHeight,
  type PanelWidth,
  resized,
  widthOf,
  widths,
} from './panel-size.ts'

export interface PanelCardProps {
  readonly panel: DraftPanel
  readonly label: string
  readonly sensors: readonly ListedSensorJson[]
  readonly move: SortableControls
  readonly onChange: (change: (panel: DraftPanel) => DraftPanel) => void
  readonly onAdd: () => void
  readonly onReplace: (field: DraftField) => void
  readonly onRemove: () => void
}

/** One panel in the editor. */
export function PanelCard(props: PanelCardProps) {
  const { panel, label, sensors, move, onChange, onAdd, onReplace, onRemove } = props
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return
    if (event.target instanceof Element && event.target.closest('select') !== null) return
    const size = resized(panel, event.key)
    if (size === null) return
    event.preventDefault()
    onChange((now) => ({ ...now, ...size }))
  }

  const isFull = panel.fields.length >= MAX_PANEL_FIELDS
  return (
    // What the lists of sizes do, from anywhere in the panel.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyDown} className="px-1.5 pt-1 pb-2.5">
      <div className="flex items-center gap-1">
        {move.handle}
        <h2 className="min-w-0 flex-1 truncate text-sm font-medium">{label}</h2>
        <span className="flex shrink-0">
          {move.buttons}
          <IconButton label={text('removePanel', { panel: label })} onClick={onRemove}>
            <Trash2 aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <ul aria-label={text('fieldsOf', { panel: label })} className="flex flex-wrap gap-1.5 px-1.5 pt-1">
        {panel.fields.map((field) => (
          <FieldChip
            key={`${field.sensor}/${field.field}`}
            field={field}
            sensors={sensors}
            onRemove={() => onChange((now) => withoutField(now, field))}
            onReplace={() => onReplace(field)}
          />
        ))}
        <li>
          <button
            type="button"
            disabled={isFull}
            aria-label={text('addFieldsTo', { panel: label })}
            onClick={onAdd}
            className={buttonStyle('quiet', '!h-8 !px-2.5 text-accent pointer-coarse:!h-11')}
          >
            <Plus aria-hidden="true" className="size-4" />
            {text('addFields')}
          </button>
        </li>
      </ul>
      {isFull && (
        <p className="px-1.5 pt-1 text-xs text-muted">{text('mostFields', { count: MAX_PANEL_FIELDS })}</p>
      )}
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 px-1.5">
        <SizeChoice<PanelHeight>
          label={text('height')}
          of={label}
          value={heightOf(panel.rows)}
          options={[
            ['small', text('small')],
            ['medium', text('medium')],
            ['large', text('large')],
          ]}
          onChange={(height) => onChange((now) => ({ ...now, rows: heights[height] }))}
        />
        <SizeChoice<PanelWidth>
          label={text('width')}
          of={label}
          value={widthOf(panel.columns)}
          hint={text('widthHint')}
          options={[
            ['full', text('full')],
            ['twoThirds', text('twoThirds')],
            ['half', text('half')],
            ['third', text('third')],
          ]}
          onChange={(width) => onChange((now) => ({ ...now, columns: widths[width] }))}
        />
      </div>
    </div>
  )
}
