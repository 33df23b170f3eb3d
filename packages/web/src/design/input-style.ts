import { classNames } from './class-names.ts'

/** The look of everything that one types or chooses in. */
export function inputStyle(className?: string): string {
  return classNames(
    // 16 px on touch screens: phones zoom into smaller ones.
    'h-9 w-full min-w-0 rounded-md border border-line-input bg-surface px-3 text-sm text-ink shadow-low',
    'placeholder:text-muted pointer-coarse:h-11 pointer-coarse:text-base',
    'focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0',
    'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger',
    'disabled:cursor-not-allowed disabled:opacity-60',
    className,
  )
}
