import { classNames } from './class-names.ts'

/** The look of a small square button in the line above a track. */
export function trackButtonStyle(isActive: boolean): string {
  return classNames(
    'inline-grid size-7 shrink-0 place-items-center rounded-md transition-colors pointer-coarse:size-11 [&>svg]:size-4',
    isActive ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-hover hover:text-ink',
  )
}
