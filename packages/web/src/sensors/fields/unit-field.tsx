import { fieldFormat, type FieldTypeName } from '@senio/protocol'
import { useMemo } from 'react'
import { Combobox } from '../../design/combobox.tsx'
import { text } from '../texts.ts'

export interface UnitFieldProps {
  readonly type: FieldTypeName
  readonly unit: string
  readonly onChange: (unit: string) => void
  readonly error?: string | undefined
  readonly labelHidden?: boolean
  readonly className?: string
}

/** The unit of a field: free text, with the usual ones suggested. Disabled for types without a unit. */
export function UnitField({ type, unit, onChange, error, labelHidden, className }: UnitFieldProps) {
  const { hasUnit, unitSuggestions } = fieldFormat(type)
  const suggestions = useMemo(() => suggested(unitSuggestions, unit), [unitSuggestions, unit])
  return (
    <Combobox
      label={text('unit')}
      {...(labelHidden === undefined ? {} : { labelHidden })}
      value={hasUnit ? unit : ''}
      onChange={onChange}
      suggestions={suggestions}
      placeholder={hasUnit ? 'none' : '–'}
      disabled={!hasUnit}
      error={error}
      {...(className === undefined ? {} : { className })}
    />
  )
}

/** All of them once one is chosen, so that it can be changed for another; otherwise those that fit what is typed. */
function suggested(all: readonly string[], typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '' || all.includes(typed)) return all
  return all.filter((unit) => unit.toLowerCase().includes(wanted))
}
