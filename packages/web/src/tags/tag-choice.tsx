import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { queryKeys } from '../api/query-keys.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/text-field.tsx'
import { readerLocale } from '../i18n/language.ts'
import { Rich } from '../i18n/rich.tsx'
import { useSensors } from '../timeline/sensors-context.ts'
import { text } from './texts.ts'
import { useChooseTag, useTag } from './use-tag.ts'

const marks = { code: asCode }

/** Suggestions of a sensor. */
const MOST = 50

/** A tag may be typed, or chosen among those that were published. */
export function TagChoice({ onDone }: { readonly onDone: () => void }) {
  const tag = useTag()
  const chooseTag = useChooseTag()
  const [typed, setTyped] = useState(tag ?? '')
  // What is shown already needn't be searched for.
  const search = typed === tag ? '' : typed
  const { tags, hasMore, isLoading, error } = usePublishedTags(search)

  function choose(next: string | null): void {
    chooseTag(next)
    onDone()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    choose(typed.trim() === '' ? null : typed.trim())
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <TextField
          label={text('search')}
          className="flex-1"
          value={typed}
          placeholder={text('placeholder')}
          maxLength={600}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
        <Button type="submit" variant="primary">
          {text('show')}
        </Button>
      </div>
      {error !== null && <p className="text-sm text-danger">{problemText(error)}</p>}
      {tags.length > 0 && (
        <ul aria-label={text('present')} className="-mx-2 max-h-64 overflow-y-auto">
          {tags.map((found) => (
            <li key={found}>
              <button
                type="button"
                aria-pressed={found === tag}
                onClick={() => choose(found)}
                className="min-h-8 w-full rounded-md px-2 py-1 text-left text-sm break-words hover:bg-hover aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-11"
              >
                {found}
              </button>
            </li>
          ))}
        </ul>
      )}
      {hasMore && <p className="text-xs text-muted">{text('more')}</p>}
      {!isLoading && error === null && tags.length === 0 && (
        <p className="text-sm text-muted">
          {search === '' ? <Rich text={text('none')} marks={marks} /> : text('noneFound')}
        </p>
      )}
    </form>
  )
}

/** Those of all sensors that are shown, ordered, each once. */
function usePublishedTags(search: string) {
  const client = useClient()
  const queries = useQueries({
    queries: useSensors().map(({ name }) => ({
      queryKey: [...queryKeys.sensor(name), 'tags', search],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        client.tags(name, { search: search === '' ? undefined : search, limit: MOST }, { signal }),
      placeholderData: keepPreviousData,
    })),
  })
  return {
    tags: [...new Set(queries.flatMap(({ data }) => data?.tags ?? []))].sort((a, b) =>
      a.localeCompare(b, readerLocale()),
    ),
    hasMore: queries.some(({ data }) => data !== undefined && data.next !== null),
    isLoading: queries.some(({ isLoading }) => isLoading),
    error: queries.find(({ error }) => error !== null)?.error ?? null,
  }
}

function asCode(inner: string) {
  return <code className="text-ink">{inner}</code>
}
