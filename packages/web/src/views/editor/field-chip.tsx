import type { ListedSensorJson } from '@senio/protocol/api'
import { Replace, Unplug, X } from 'lucide-react'
import { classNames } from '../../design/class-names.ts'
import { fieldView } from '../../fields/index.ts'
import { text } from '../texts.ts'
import type { DraftField } from './draft.ts'

export interface FieldChipProps {
  readonly field: DraftField
  readonly sensors: readonly ListedSensorJson[]
  readonly onRemove: () => void
  /** Asked for where the field was deleted. */
  readonly onReplace: () => void
}

/** A field of a panel: whose it is, and the way to take it out; one that was deleted can be replaced. */
export function FieldChip({ field, sensors, onRemove, onReplace }: FieldChipProps) {
  const type = sensors.find(({ name }) => name === field.sensor)?.fields[field.field]?.type
  const name = `${field.sensor} · ${field.field}`
  const Icon = type === undefined ? Unplug : fieldView(type).icon
  return (
    <li
      className={classNames(
        'flex max-w-full items-center rounded-md border text-sm [&>svg]:ml-2 [&>svg]:size-3.5 [&>svg]:shrink-0',
        type === undefined ? 'border-warn/40 bg-warn-soft' : 'border-line bg-sunken [&>svg]:text-muted',
      )}
    >
      <Icon aria-hidden={true} />
      <span className="min-w-0 truncate py-1 pr-0.5 pl-2">
        <span className="text-muted">{`${field.sensor} · `}</span>
        <span className={classNames('font-medium', type === undefined && 'line-through')}>{field.field}</span>
        {type === undefined && <span className="ml-1.5 text-xs text-warn">{text('deletedField')}</span>}
      </span>
      {type === undefined && (
        <button
          type="button"
          aria-label={text('replaceField', { field: name })}
          onClick={onReplace}
          className="flex h-8 items-center gap-1 rounded-md px-1.5 text-xs font-medium text-accent hover:bg-hover pointer-coarse:h-11 pointer-coarse:px-2.5"
        >
          <Replace aria-hidden="true" className="size-3.5" />
          {text('replace')}
        </button>
      )}
      <button
        type="button"
        aria-label={text('removeField', { field: name })}
        onClick={onRemove}
        className="grid size-8 shrink-0 place-content-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </li>
  )
}
