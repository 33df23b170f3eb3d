import type { ComponentProps } from 'react'
import { inputStyle } from './input-style.ts'
import { Labelled, type LabelledProps } from './labelled.tsx'

export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'id' | 'children' | 'className'>, Omit<LabelledProps, 'children'> {}

/** One line of text. */
export function TextField({ label, labelHidden, help, error, className, ...rest }: TextFieldProps) {
  return (
    <Labelled label={label} labelHidden={labelHidden} help={help} error={error} className={className}>
      {(control) => <input {...rest} {...control} className={inputStyle()} />}
    </Labelled>
  )
}
