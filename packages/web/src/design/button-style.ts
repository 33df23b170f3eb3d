import { classNames } from './class-names.ts'

/**
 * `primary`: the one thing to do here. `quiet`: without an outline, for rows and toolbars. `danger` destroys,
 * `danger-secondary` leads to what does.
 */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-secondary'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent shadow-low hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink shadow-low hover:bg-hover',
  quiet: 'text-ink hover:bg-hover',
  'danger-secondary': 'border border-line-strong bg-surface text-danger shadow-low hover:bg-danger-soft',
  danger: 'bg-danger text-on-danger shadow-low hover:opacity-90',
}

/** The look of a button, for links that look like one, too. */
export function buttonStyle(variant: ButtonVariant = 'secondary', className?: string): string {
  return classNames(
    'inline-flex h-9 shrink-0 items-center justify-center gap-2 rounded-md px-3.5 text-sm font-medium whitespace-nowrap',
    'transition-colors select-none pointer-coarse:h-11 pointer-coarse:px-4',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
    variants[variant],
    className,
  )
}

/** The look of a square button that holds an icon alone. */
export function iconButtonStyle(className?: string): string {
  return classNames(
    'inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
    'hover:bg-hover hover:text-ink pointer-coarse:size-11 [&>svg]:size-4.5',
    'disabled:cursor-not-allowed disabled:opacity-40 disabled:hover:bg-transparent',
    className,
  )
}
