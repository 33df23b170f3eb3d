import { Tag, X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { buttonStyle, iconButtonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { text } from './texts.ts'
import { useChooseTag, useTag } from './use-tag.ts'

const TagChoice = lazy(async () => ({ default: (await import('./tag-choice.tsx')).TagChoice }))

/** Chooses the tag whose measurements alone are shown; says which, and lets go of it. */
export function TagFilter() {
  const tag = useTag()
  const choose = useChooseTag()
  return (
    <div className="flex min-w-0 items-center">
      <Popover
        title={text('title')}
        label={tag === null ? text('filter') : text('filtered', { tag })}
        align="end"
        triggerClassName={
          tag === null ? iconButtonStyle() : buttonStyle('quiet', 'min-w-0 !px-2 text-accent')
        }
        trigger={
          <>
            <Tag aria-hidden="true" className="size-4.5 shrink-0" />
            {tag !== null && <span className="max-w-40 truncate max-sm:max-w-24">{tag}</span>}
          </>
        }
        className="w-80"
      >
        {(close) => (
          <Suspense fallback={<Skeleton className="h-40" />}>
            <TagChoice onDone={close} />
          </Suspense>
        )}
      </Popover>
      {tag !== null && (
        <button
          type="button"
          aria-label={text('clear')}
          title={text('clear')}
          onClick={() => choose(null)}
          className={iconButtonStyle()}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
