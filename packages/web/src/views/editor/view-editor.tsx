import type { ListedSensorJson, ViewJson } from '@senio/protocol/api'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTitle } from '../../app/page.tsx'
import { Button } from '../../design/button.tsx'
import { classNames } from '../../design/class-names.ts'
import { Notice } from '../../design/notice.tsx'
import { Segmented } from '../../design/segmented.tsx'
import { TextField } from '../../design/text-field.tsx'
import { useToast } from '../../design/toast.ts'
import { useMedia } from '../../timeline/use-media.ts'
import { nameFaultText } from '../name-fault-text.ts'
import { text } from '../texts.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { type Draft, draftOfView, isSameDraft, nameFault } from './draft.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { PanelList } from './panel-list.tsx'
import { Preview } from './preview.tsx'
import { useSaveView } from './use-save-view.ts'

/** Panels and preview stand side by side from here on. */
const SIDE_BY_SIDE = '(min-width: 64rem)'

/** Pictures stand beside the tracks in the preview, too. */
const PREVIEW_WITH_ASIDE = '(min-width: 105rem)'

export interface ViewEditorProps {
  /** What editing begins with. */
  readonly initial: Draft
  /** The view as it is saved; null for a new one. */
  readonly saved: ViewJson | null
  readonly sensors: readonly ListedSensorJson[]
  /** Where Cancel leads to. */
  readonly onCancel: () => void
}

/** Composes a view: its panels on the left, what becomes of them on the right; one or the other on small screens. */
export function ViewEditor({ initial, saved, sensors, onCancel }: ViewEditorProps) {
  const navigate = useNavigate()
  const toast = useToast()
  const [base, setBase] = useState(saved)
  const [draft, setDraft] = useState(initial)
  const [submitted, setSubmitted] = useState(false)
  const [part, setPart] = useState<'panels' | 'preview'>('panels')
  const isWide = useMedia(SIDE_BY_SIDE)
  const hasAside = useMedia(PREVIEW_WITH_ASIDE)
  const isLeaving = useRef(false)
  const title = text(base === null ? 'newTitle' : 'editTitle')
  useTitle(title)

  // A view made of a sensor's own is worth keeping as it is.
  const before = base === null ? { name: '', panels: [] } : draftOfView(base)
  const isChanged = !isSameDraft(draft, before)

  const { save, pending, problem, forget } = useSaveView(base, (view) => {
    isLeaving.current = true
    toast.done(text('saved', { name: view.name }))
    void navigate({ to: '/views/$id', params: { id: String(view.id) }, search: true as never })
  })
  const fault = nameFault(draft.name)
  const nameError =
    problem?.about === 'name' ? problem.words : submitted && fault !== null ? nameFaultText(fault) : undefined

  function submit(event?: FormEvent): void {
    event?.preventDefault()
    setSubmitted(true)
    if (fault === null) void save(draft)
  }

  const onSaveKey = useEffectEvent(() => submit())
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      onSaveKey()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  function change(next: Draft): void {
    setDraft(next)
    if (problem !== null && problem.about !== 'conflict') forget()
  }

  return (
    <main id="main" className="w-full px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      <form
        onSubmit={submit}
        noValidate
        className="mb-4 flex-wrap items-end gap-x-3 gap-y-2 max-lg:contents lg:flex"
      >
        <h1 className="w-full text-2xl font-semibold max-lg:mb-2">{title}</h1>
        <TextField
          label={text('nameOfView')}
          placeholder={text('namePlaceholder')}
          autoComplete="off"
          className="lg:min-w-40 lg:max-w-md lg:flex-1 lg:basis-56"
          value={draft.name}
          onChange={(event) => change({ ...draft, name: event.target.value })}
          error={nameError}
        />
        <div
          className={classNames(
            'flex items-center gap-2 max-lg:sticky max-lg:top-14 max-lg:z-30 max-lg:-mx-3 max-lg:mb-3 max-lg:border-b max-lg:border-line max-lg:bg-canvas max-lg:px-3 max-lg:py-2 max-lg:sm:-mx-6 max-lg:sm:px-6',
            nameError !== undefined && 'lg:mb-5.5',
          )}
        >
          {!isWide && (
            <div className="mr-auto">
              <Segmented
                label={text('show')}
                value={part}
                onChange={setPart}
                options={[
                  { value: 'panels', label: text('editPanels') },
                  { value: 'preview', label: text('preview') },
                ]}
              />
            </div>
          )}
          <Button onClick={onCancel} className="max-sm:!px-2.5">
            {text('cancel')}
          </Button>
          <Button type="submit" variant="primary" pending={pending} className="max-sm:!px-3">
            {text('save')}
          </Button>
          <output className="text-sm text-muted max-lg:sr-only">{isChanged ? text('unsaved') : ''}</output>
        </div>
      </form>
      {(problem?.about === 'panels' || problem?.about === 'all') && (
        <div className="mb-4">
          <Notice tone="error">{problem.words}</Notice>
        </div>
      )}
      <div className="gap-5 lg:flex lg:items-start">
        <div className={classNames('lg:w-92 lg:shrink-0', !isWide && part === 'preview' && 'hidden')}>
          <PanelList draft={draft} sensors={sensors} onChange={setDraft} />
        </div>
        {(isWide || part === 'preview') && (
          <section
            aria-label={text('preview')}
            // The pictures leave room for the panels.
            className="min-w-0 flex-1 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto [&_[data-part=moments]_figure>div]:!max-h-[20dvh]"
          >
            <Preview panels={draft.panels} sensors={sensors} hasAside={hasAside} />
          </section>
        )}
      </div>
      <LeaveGuard name={base?.name ?? null} isOpen={() => isChanged && !isLeaving.current} />
      <ConflictDialog
        conflict={problem?.about === 'conflict' ? problem : null}
        onClose={forget}
        onMine={() => void save(draft, 'mine')}
        onNew={() => void save(draft, 'new')}
        onTheirs={(theirs) => {
          setBase(theirs)
          setDraft(draftOfView(theirs))
          forget()
        }}
      />
    </main>
  )
}
