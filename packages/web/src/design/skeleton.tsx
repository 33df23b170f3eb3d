import { classNames } from './class-names.ts'

/** The place of something that is being loaded, in its size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={classNames(
        'animate-shimmer rounded-md bg-[linear-gradient(100deg,var(--sunken)_40%,var(--hover)_50%,var(--sunken)_60%)] bg-[length:200%_100%]',
        className,
      )}
    />
  )
}
