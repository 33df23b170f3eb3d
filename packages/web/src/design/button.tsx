import type { ComponentProps, MouseEvent } from 'react'
import { type ButtonVariant, buttonStyle } from './button-style.ts'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant
  /** Its action is under way: it stays focusable, but does nothing. */
  readonly pending?: boolean
}

export function Button({
  variant,
  pending = false,
  className,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      className={buttonStyle(variant, className)}
      onClick={click}
      aria-disabled={pending || undefined}
    >
      {pending && <Spinner />}
      {children}
    </button>
  )
}
