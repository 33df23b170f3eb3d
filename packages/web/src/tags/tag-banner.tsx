import { Tag } from 'lucide-react'
import { buttonStyle } from '../design/button-style.ts'
import { Rich } from '../i18n/rich.tsx'
import { useSeriesData } from '../timeline/series-context.ts'
import { text } from './texts.ts'
import { useChooseTag, useTag } from './use-tag.ts'

/** Says that not everything is shown, and leads back to that; nothing without a filter. */
export function TagBanner() {
  const tag = useTag()
  const choose = useChooseTag()
  const { fields } = useSeriesData()
  if (tag === null) return null
  const isThinned = Object.values(fields).some(({ thinned }) => thinned === true)
  return (
    <div className="mt-3 flex items-center gap-2 rounded-lg bg-accent-soft py-1 pr-1 pl-3 text-sm">
      <Tag aria-hidden="true" className="size-4 shrink-0 text-accent" />
      <output className="min-w-0 flex-1">
        <Rich text={text('only', { tag })} marks={marks} />
        {isThinned && <span className="text-muted">{` ${text('thinned')}`}</span>}
      </output>
      <button type="button" onClick={() => choose(null)} className={buttonStyle('quiet')}>
        {text('showAll')}
      </button>
    </div>
  )
}

const marks = { b: strong }

function strong(inner: string) {
  return <b className="font-medium break-words">{inner}</b>
}
