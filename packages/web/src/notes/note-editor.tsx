import { MAX_NOTE_LENGTH } from '@senio/protocol'
import { type FormEvent, useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { inputStyle } from '../design/input-style.ts'
import { Labelled } from '../design/labelled.tsx'
import { Select } from '../design/select.tsx'
import { TextField } from '../design/text-field.tsx'
import { useToast } from '../design/toast.ts'
import { toLocalInput } from '../timeline/local-date-time.ts'
import { useSensors } from '../timeline/sensors-context.ts'
import { type NoteForm, readForm } from './note-check.ts'
import type { NoteDraft } from './shown-note.ts'
import { text } from './texts.ts'
import { useNoteActions } from './use-notes.ts'

/** What a range is long that somebody makes of an instant. */
const USUAL_LENGTH_MS = 3_600_000

export interface NoteEditorProps {
  readonly draft: NoteDraft
  readonly onClose: () => void
}

/** Writes a note. */
export function NoteEditor({ draft, onClose }: NoteEditorProps) {
  const sensors = useSensors()
  const toast = useToast()
  const { save } = useNoteActions()
  const [form, setForm] = useState<NoteForm>(() => ({
    sensor: draft.sensor,
    text: draft.text,
    from: toLocalInput(draft.from),
    to: toLocalInput(draft.to ?? draft.from + USUAL_LENGTH_MS),
    isRange: draft.to !== null,
  }))
  const [wasTried, setTried] = useState(false)
  const read = readForm(form, draft)
  const fault = wasTried && typeof read === 'string' ? read : null
  const saving = useAction(save, () => {
    toast.done(text('saved'))
    onClose()
  })
  const change = (part: Partial<NoteForm>): void => setForm((before) => ({ ...before, ...part }))

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (typeof read !== 'string' && !saving.pending) saving.run(read)
  }

  const timeFault = fault === 'timeMissing' || fault === 'reversed' ? text(fault) : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={text(draft.id === null ? 'newNote' : 'editNote')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {sensors.length > 1 && draft.id === null && (
          <Select
            label={text('sensor')}
            options={sensors.map(({ name }) => ({ value: name, label: name }))}
            value={form.sensor}
            onChange={(sensor) => change({ sensor })}
          />
        )}
        <Labelled label={text('what')} error={fault === 'textMissing' ? text(fault) : saving.error}>
          {(control) => (
            <textarea
              {...control}
              // It is what the dialog is for.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              rows={3}
              maxLength={MAX_NOTE_LENGTH}
              value={form.text}
              onChange={(event) => change({ text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
              }}
              className={inputStyle('!h-auto resize-y py-2')}
            />
          )}
        </Labelled>
        <label className="flex min-h-9 w-fit items-center gap-2.5 text-sm pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={form.isRange}
            onChange={(event) => change({ isRange: event.target.checked })}
          />
          {text('onRange')}
        </label>
        <div className="flex flex-wrap gap-3">
          <TextField
            label={text(form.isRange ? 'from' : 'at')}
            type="datetime-local"
            step={1}
            className="min-w-52 flex-1"
            value={form.from}
            error={form.isRange ? undefined : timeFault}
            onChange={(event) => change({ from: event.target.value })}
          />
          {form.isRange && (
            <TextField
              label={text('to')}
              type="datetime-local"
              step={1}
              className="min-w-52 flex-1"
              value={form.to}
              error={timeFault}
              onChange={(event) => change({ to: event.target.value })}
            />
          )}
        </div>
        <div className="flex justify-end gap-2">
          <Button variant="quiet" onClick={onClose}>
            {text('cancel')}
          </Button>
          <Button type="submit" variant="primary" pending={saving.pending}>
            {text('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
