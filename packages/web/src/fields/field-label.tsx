import { classNames } from '../design/class-names.ts'
import type { ShownField } from './field-view.ts'

export interface FieldLabelProps {
  readonly field: ShownField
  readonly className?: string
}

/** A field's label where there may be little room: of its sensor's name less is shown before the field's own is cut. */
export function FieldLabel({ field: { sensor, name, label }, className }: FieldLabelProps) {
  if (label === name) return <span className={classNames('truncate', className)}>{name}</span>
  return (
    <span className={classNames('flex min-w-0 whitespace-pre', className)} title={label}>
      <span className="min-w-4 shrink-[9999] truncate @max-2xs:hidden">{sensor}</span>
      <span className="shrink-0 @max-2xs:hidden">{' · '}</span>
      <span className="min-w-4 truncate">{name}</span>
    </span>
  )
}
