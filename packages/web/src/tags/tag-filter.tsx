import { Tag } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { iconButtonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { text } from './texts.ts'
import { useTag } from './use-tag.ts'

const TagChoice = lazy(async () => ({ default: (await import('./tag-choice.tsx')).TagChoice }))

/** Chooses the tag whose measurements alone are shown. */
export function TagFilter() {
  const tag = useTag()
  return (
    <Popover
      title={text('title')}
      label={tag === null ? text('filter') : text('filtered', { tag })}
      align="end"
      triggerClassName={iconButtonStyle(tag === null ? '' : 'bg-accent-soft !text-accent')}
      trigger={<Tag aria-hidden="true" />}
      className="w-80"
    >
      {(close) => (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <TagChoice onDone={close} />
        </Suspense>
      )}
    </Popover>
  )
}
