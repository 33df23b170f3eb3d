import { fieldFormat, type FieldTypeName, fieldTypeNames } from '@senio/protocol'
import { Select } from '../../design/select.tsx'
import { fieldView } from '../../fields/index.ts'
import { text } from '../texts.ts'

export interface TypeSelectProps {
  readonly type: FieldTypeName
  readonly onChange: (type: FieldTypeName) => void
  readonly labelHidden?: boolean
  readonly className?: string
}

const options = fieldTypeNames.map((value) => {
  const { icon: Icon, label } = fieldView(value)
  return {
    value,
    label,
    description: fieldFormat(value).description,
    icon: <Icon className="shrink-0 text-muted" />,
  }
})

/** What a field holds. */
export function TypeSelect({ type, onChange, labelHidden, className }: TypeSelectProps) {
  return (
    <Select
      label={text('type')}
      {...(labelHidden === undefined ? {} : { labelHidden })}
      options={options}
      value={type}
      onChange={onChange}
      {...(className === undefined ? {} : { className })}
    />
  )
}
