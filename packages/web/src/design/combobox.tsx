import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import { inputStyle } from './input-style.ts'
import { Labelled } from './labelled.tsx'

export interface ComboboxProps {
  readonly label: string
  readonly labelHidden?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly string[]
  readonly placeholder?: string
  readonly error?: string | undefined
  readonly disabled?: boolean
  readonly className?: string
}

/** One line of text with suggestions; anything may be typed. */
export function Combobox(props: ComboboxProps) {
  const { label, labelHidden, value, onChange, suggestions, placeholder, error, disabled, className } = props
  return (
    <Labelled label={label} labelHidden={labelHidden} error={error} className={className}>
      {(control) => (
        <Base.Root
          items={suggestions}
          value={value}
          onValueChange={(next) => onChange(next)}
          openOnInputClick
          mode="none"
          disabled={disabled ?? false}
        >
          <Base.Input
            {...control}
            placeholder={placeholder}
            autoCapitalize="off"
            spellCheck={false}
            className={inputStyle()}
          />
          <Base.Portal>
            <Base.Positioner className="z-50 outline-none" sideOffset={4} align="start">
              <Base.Popup className="max-h-[min(18rem,var(--available-height))] w-(--anchor-width) min-w-32 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-high">
                <Base.List>
                  {(suggestion: string) => (
                    <Base.Item
                      key={suggestion}
                      value={suggestion}
                      className="flex min-h-8 cursor-pointer items-center rounded-md px-2.5 text-sm outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
                    >
                      {suggestion}
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Labelled>
  )
}
