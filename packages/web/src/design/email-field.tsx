import type { LabelledProps } from './labelled.tsx'
import { text } from './texts.ts'
import { TextField } from './text-field.tsx'

export interface EmailFieldProps extends Pick<LabelledProps, 'help' | 'error'> {
  /** `own` lets password managers fill it in. */
  readonly whose: 'own' | 'other'
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The address by which a person signs in. */
export function EmailField({ whose, onChange, ...rest }: EmailFieldProps) {
  return (
    <TextField
      {...rest}
      label={text('email')}
      type="email"
      autoComplete={whose === 'own' ? 'username' : 'off'}
      required
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
