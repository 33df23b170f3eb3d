import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../design/button.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { SortableList } from '../../design/sortable-list.tsx'
import { TextField } from '../../design/text-field.tsx'
import type { DraftErrors, FieldDraft } from '../fields/draft.ts'
import { TypeSelect } from '../fields/type-select.tsx'
import { UnitField } from '../fields/unit-field.tsx'
import { text } from './texts.ts'
import { text as common } from '../../design/texts.ts'

export interface FieldDraftsProps {
  readonly drafts: readonly FieldDraft[]
  readonly onChange: (drafts: readonly FieldDraft[]) => void
  readonly errors: ReadonlyMap<string, DraftErrors>
}

/** The fields of a sensor to be: add, describe, reorder, remove. */
export function FieldDrafts({ drafts, onChange, errors }: FieldDraftsProps) {
  function change(id: string, part: Partial<FieldDraft>) {
    onChange(drafts.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)))
  }

  function add() {
    onChange([
      ...drafts,
      { id: crypto.getRandomValues(new Uint32Array(2)).join('-'), name: '', type: 'scalar', unit: '' },
    ])
  }

  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{text('fields')}</legend>
      <SortableList
        items={drafts.map((draft) => ({
          ...draft,
          label: draft.name === '' ? text('theField') : draft.name,
        }))}
        onReorder={onChange}
        className="space-y-2"
        rowClassName="grid grid-cols-[auto_1fr] gap-1 rounded-lg border border-line bg-surface p-2 sm:flex sm:items-start sm:px-1"
      >
        {(draft, move) => (
          <>
            {move.handle}
            <div className="grid min-w-0 flex-1 grid-cols-2 gap-2 max-sm:order-first max-sm:col-span-2 sm:grid-cols-[1fr_8.5rem_7.5rem]">
              <TextField
                label={text('fieldName')}
                labelHidden
                placeholder={common('name')}
                className="max-sm:col-span-2"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={draft.name}
                onChange={(event) => change(draft.id, { name: event.target.value })}
                error={errors.get(draft.id)?.name}
              />
              <TypeSelect labelHidden type={draft.type} onChange={(type) => change(draft.id, { type })} />
              <UnitField
                labelHidden
                type={draft.type}
                unit={draft.unit}
                onChange={(unit) => change(draft.id, { unit })}
                error={errors.get(draft.id)?.unit}
              />
            </div>
            <div className="flex max-sm:justify-end">
              {move.buttons}
              <IconButton
                label={text('remove', { name: draft.label })}
                onClick={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
              >
                <Trash2 aria-hidden="true" />
              </IconButton>
            </div>
          </>
        )}
      </SortableList>
      <Button variant="quiet" className="mt-2" onClick={add}>
        <Plus className="size-4" aria-hidden="true" />
        {text('addField')}
      </Button>
    </fieldset>
  )
}
