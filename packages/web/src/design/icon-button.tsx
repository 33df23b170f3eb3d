import type { ComponentProps, ReactNode } from 'react'
import { iconButtonStyle } from './button-style.ts'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** What it does, for screen readers and the tooltip. */
  readonly label: string
  readonly children: ReactNode
}

/** A button that shows an icon alone. */
export function IconButton({ label, className, type = 'button', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button {...rest} type={type} aria-label={label} className={iconButtonStyle(className)}>
        {children}
      </button>
    </Tooltip>
  )
}
