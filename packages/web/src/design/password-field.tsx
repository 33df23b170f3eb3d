import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { iconButtonStyle } from './button-style.ts'
import { inputStyle } from './input-style.ts'
import { Labelled, type LabelledProps } from './labelled.tsx'
import { text } from './texts.ts'

export interface PasswordFieldProps
  extends
    Omit<ComponentProps<'input'>, 'id' | 'type' | 'children' | 'className'>,
    Omit<LabelledProps, 'children'> {}

/** A password, which can be looked at. */
export function PasswordField({ label, labelHidden, help, error, className, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <Labelled label={label} labelHidden={labelHidden} help={help} error={error} className={className}>
      {(control) => (
        <div className="relative">
          <input
            {...rest}
            {...control}
            type={shown ? 'text' : 'password'}
            className={inputStyle('pr-11')}
            autoCapitalize="off"
            spellCheck={false}
          />
          <button
            type="button"
            aria-label={shown ? text('hidePassword') : text('showPassword')}
            onClick={() => setShown(!shown)}
            className={iconButtonStyle('absolute inset-y-0 right-0')}
          >
            {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          </button>
        </div>
      )}
    </Labelled>
  )
}
