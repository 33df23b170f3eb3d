import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

/** What a labelled control takes over, so that its label, help and error are announced with it. */
export interface LabelledControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

export interface LabelledProps {
  readonly label: string
  /** For screen readers alone: where the surroundings show what it is. */
  readonly labelHidden?: boolean | undefined
  readonly help?: ReactNode
  /** What is wrong and what to do; absent or undefined when all is well. */
  readonly error?: string | undefined
  readonly className?: string | undefined
  readonly children: (control: LabelledControl) => ReactNode
}

/** A control with its label above and its help or error below. */
export function Labelled({ label, labelHidden, help, error, className, children }: LabelledProps) {
  const id = useId()
  const note = error ?? help
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className={labelHidden === true ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={classNames('text-xs', error === undefined ? 'text-muted' : 'text-danger')}
          {...(error === undefined ? {} : { role: 'alert' })}
        >
          {note}
        </p>
      )}
    </div>
  )
}
