import { ProblemError } from '@senio/client'
import type { ViewJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { problemText } from '../../api/problem-text.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { text } from '../texts.ts'
import { type Draft, requestOf } from './draft.ts'

/** Why a view was not saved. */
export type SaveProblem =
  | { readonly about: 'name' | 'panels' | 'all'; readonly words: string }
  /** Somebody else saved it meanwhile, or deleted it: null. */
  | { readonly about: 'conflict'; readonly theirs: ViewJson | null }

export interface SaveView {
  /** @param how `mine`: whatever others saved meanwhile; `new`: as another view */
  readonly save: (draft: Draft, how?: 'mine' | 'new') => Promise<void>
  readonly pending: boolean
  readonly problem: SaveProblem | null
  readonly forget: () => void
}

/**
 * Saves a draft, and says helpfully why not.
 * @param base the view as it was when editing began; null for a new one
 */
export function useSaveView(base: ViewJson | null, onSaved: (view: ViewJson) => void): SaveView {
  const client = useClient()
  const queryClient = useQueryClient()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)

  async function store(draft: Draft, how?: 'mine' | 'new'): Promise<ViewJson> {
    const request = { name: draft.name.trim(), panels: requestOf(draft) }
    if (base === null || how === 'new') return client.views.create(request)
    return client.views.update(base.id, request, how === 'mine' ? undefined : base)
  }

  /** What to tell of a refusal; of others' work, what it is now. */
  async function explain(error: unknown): Promise<SaveProblem> {
    if (base === null || !isAbout(error, 'changed-meanwhile')) return problemOf(error)
    try {
      return { about: 'conflict', theirs: await client.views.get(base.id) }
    } catch (failure) {
      return problemOf(failure)
    }
  }

  async function save(draft: Draft, how?: 'mine' | 'new'): Promise<void> {
    if (pending) return
    setPending(true)
    setProblem(null)
    try {
      const saved = await store(draft, how)
      queryClient.setQueryData(queryKeys.view(saved.id), saved)
      void queryClient.invalidateQueries({ queryKey: queryKeys.views, exact: true })
      onSaved(saved)
    } catch (error) {
      setProblem(await explain(error))
      // What is shown as deleted should be what is.
      void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
    } finally {
      setPending(false)
    }
  }

  return { save, pending, problem, forget: () => setProblem(null) }
}

function problemOf(error: unknown): SaveProblem {
  if (isAbout(error, 'not-found')) return { about: 'conflict', theirs: null }
  if (isAbout(error, 'name-taken')) return { about: 'name', words: text('nameTaken') }
  const field = error instanceof ProblemError ? error.field : undefined
  if (field === 'panels' && isAbout(error, 'parameter-invalid')) {
    return { about: 'panels', words: text('sensorGone') }
  }
  return { about: field === 'name' ? 'name' : 'all', words: problemText(error) }
}

function isAbout(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.code === code
}
