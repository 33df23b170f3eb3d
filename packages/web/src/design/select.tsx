import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { inputStyle } from './input-style.ts'
import { Labelled } from './labelled.tsx'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  /** A line below the label, in the list alone. */
  readonly description?: string
  readonly icon?: ReactNode
}

export interface SelectProps<Value extends string> {
  readonly label: string
  readonly labelHidden?: boolean
  readonly options: readonly SelectOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean
  readonly className?: string
}

/** Chooses one of few. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, labelHidden, options, value, onChange, disabled = false, className } = props
  const chosen = options.find((option) => option.value === value)
  return (
    <Labelled label={label} labelHidden={labelHidden} className={className}>
      {({ id }) => (
        <Base.Root
          value={value}
          onValueChange={(next) => next !== null && onChange(next)}
          disabled={disabled}
        >
          <Base.Trigger
            id={id}
            className={inputStyle('flex items-center justify-between gap-2 text-left [&_svg]:size-4')}
          >
            <span className="flex min-w-0 items-center gap-2">
              {chosen?.icon}
              <span className="truncate">{chosen?.label}</span>
            </span>
            <ChevronsUpDown className="shrink-0 text-muted" aria-hidden="true" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner className="z-50" sideOffset={4} alignItemWithTrigger={false} align="start">
              <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-high">
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    className="flex cursor-pointer items-start gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none data-highlighted:bg-hover [&_svg]:mt-0.5 [&_svg]:size-4"
                  >
                    {option.icon}
                    <span className="min-w-0 flex-1">
                      <Base.ItemText>{option.label}</Base.ItemText>
                      {option.description !== undefined && (
                        <span className="block text-xs text-muted">{option.description}</span>
                      )}
                    </span>
                    <Base.ItemIndicator className="text-accent">
                      <Check aria-hidden="true" />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Labelled>
  )
}
