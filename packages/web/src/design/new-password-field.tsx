import { MIN_PASSWORD_LENGTH } from '@senio/protocol'
import type { LabelledProps } from './labelled.tsx'
import { PasswordField } from './password-field.tsx'
import { text } from './texts.ts'

export interface NewPasswordFieldProps extends Pick<LabelledProps, 'label' | 'help' | 'error'> {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A password that one thinks up; how long it must be is said below unless there is other help. */
export function NewPasswordField({ help, onChange, ...rest }: NewPasswordFieldProps) {
  return (
    <PasswordField
      {...rest}
      autoComplete="new-password"
      required
      minLength={MIN_PASSWORD_LENGTH}
      help={help ?? text('passwordLength', { count: MIN_PASSWORD_LENGTH })}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
