import type { ListedSensorJson, ViewJson } from '@senio/protocol/api'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTitle } from '../../app/page.tsx'
import { classNames } from '../../design/class-names.ts'
import { Notice } from '../../design/notice.tsx'
import { useToast } from '../../design/toast.ts'
import { useMedia } from '../../timeline/use-media.ts'
import { nameFaultText } from '../name-fault-text.ts'
import { text } from '../texts.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { type Draft, draftOfView, isSameDraft, nameFault } from './draft.ts'
import { EditorBar, type EditorPart } from './editor-bar.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { PanelList } from './panel-list.tsx'
import { Preview } from './preview.tsx'
import { useSaveKey } from './use-save-key.ts'
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
  const [part, setPart] = useState<EditorPart>('panels')
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

  function submit(): void {
    setSubmitted(true)
    if (fault === null) void save(draft)
  }

  useSaveKey(submit)

  function change(next: Draft): void {
    setDraft(next)
    if (problem !== null && problem.about !== 'conflict') forget()
  }

  return (
    <main id="main" className="w-full px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      <EditorBar
        title={title}
        name={draft.name}
        onName={(name) => change({ ...draft, name })}
        nameError={nameError}
        part={isWide ? null : part}
        onPart={setPart}
        isChanged={isChanged}
        isSaving={pending}
        onSave={submit}
        onCancel={onCancel}
      />
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
