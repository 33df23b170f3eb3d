import { MAX_PANEL_FIELDS, MAX_PANELS } from '@senio/protocol'
import type { ListedSensorJson } from '@senio/protocol/api'
import { useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { SearchField } from '../../design/search-field.tsx'
import { text } from '../texts.ts'
import { type DraftField, isSameField } from './draft.ts'
import { findFields } from './find-fields.ts'
import { PickerGroup } from './picker-group.tsx'

/** What fields are picked for, with how many there are already. */
export type Purpose =
  | { readonly kind: 'panels'; readonly panels: number }
  | { readonly kind: 'extend'; readonly fields: number }
  | { readonly kind: 'replace'; readonly field: DraftField }

export interface FieldPickerProps {
  readonly open: boolean
  readonly sensors: readonly ListedSensorJson[]
  /** Those that are shown already: they are marked. */
  readonly shown: readonly DraftField[]
  readonly purpose: Purpose
  readonly onPick: (fields: readonly DraftField[]) => void
  readonly onClose: () => void
}

/** Chooses fields of any sensors, in the order in which they are ticked. */
export function FieldPicker({ open, purpose, onClose, ...rest }: FieldPickerProps) {
  const words = {
    panels: [text('pickTitle'), text('pickText')],
    extend: [text('pickIntoTitle'), text('pickIntoText')],
    replace: [
      purpose.kind === 'replace'
        ? text('pickOneTitle', { field: `${purpose.field.sensor} · ${purpose.field.field}` })
        : '',
      undefined,
    ],
  }[purpose.kind]
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={words[0] ?? ''}
      description={words[1]}
      size="wide"
    >
      <Picker purpose={purpose} {...rest} />
    </Dialog>
  )
}

function Picker({ sensors, shown, purpose, onPick }: Omit<FieldPickerProps, 'open' | 'onClose'>) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly DraftField[]>([])
  const found = findFields(sensors, search)
  const room =
    purpose.kind === 'replace'
      ? 1
      : purpose.kind === 'extend'
        ? MAX_PANEL_FIELDS - purpose.fields
        : MAX_PANELS - purpose.panels
  const isTooMany = chosen.length > room

  function toggle(fields: readonly DraftField[], on: boolean): void {
    if (purpose.kind === 'replace') return onPick(fields)
    const rest = chosen.filter((known) => !fields.some((field) => isSameField(field, known)))
    setChosen(on ? [...rest, ...fields] : rest)
  }

  return (
    <div className="flex flex-col gap-3">
      <SearchField label={text('searchFields')} value={search} onChange={setSearch} />
      <div className="-mx-2 max-h-[52dvh] min-h-40 overflow-y-auto px-2">
        {found.map(({ sensor, fields }) => (
          <PickerGroup
            key={sensor.name}
            sensor={sensor}
            fields={fields}
            chosen={chosen}
            shown={shown}
            isSingle={purpose.kind === 'replace'}
            onToggle={toggle}
          />
        ))}
        {found.length === 0 && (
          <p className="py-8 text-center text-sm text-muted">
            {text(sensors.length === 0 ? 'noSensors' : 'nothingFound')}
          </p>
        )}
      </div>
      {purpose.kind !== 'replace' && (
        <div className="flex flex-wrap items-center justify-end gap-3">
          {isTooMany && (
            <p role="alert" className="flex-1 text-sm text-danger">
              {purpose.kind === 'extend'
                ? text('mostFields', { count: MAX_PANEL_FIELDS })
                : text('mostPanels', { count: MAX_PANELS })}
            </p>
          )}
          <Button
            variant="primary"
            disabled={chosen.length === 0 || isTooMany}
            onClick={() => onPick(chosen)}
          >
            {chosen.length === 0 ? text('chooseSome') : text('add', { count: chosen.length })}
          </Button>
        </div>
      )}
    </div>
  )
}
