import type { FormEvent } from 'react'
import { Button } from '../../design/button.tsx'
import { classNames } from '../../design/class-names.ts'
import { Segmented } from '../../design/segmented.tsx'
import { TextField } from '../../design/text-field.tsx'
import { text } from '../texts.ts'

/** What is seen where only one has room. */
export type EditorPart = 'panels' | 'preview'

export interface EditorBarProps {
  readonly title: string
  readonly name: string
  readonly onName: (name: string) => void
  /** Why it can't be saved under this name. */
  readonly nameError: string | undefined
  /** null where both have room. */
  readonly part: EditorPart | null
  readonly onPart: (part: EditorPart) => void
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly onSave: () => void
  readonly onCancel: () => void
}

/** The head of the editor: the name of the view, Save and Cancel; it stays in sight on small screens. */
export function EditorBar(props: EditorBarProps) {
  const { title, name, nameError, part, isChanged, isSaving, onName, onPart, onSave, onCancel } = props

  function submit(event: FormEvent): void {
    event.preventDefault()
    onSave()
  }

  return (
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
        value={name}
        onChange={(event) => onName(event.target.value)}
        error={nameError}
      />
      <div
        className={classNames(
          'flex items-center gap-2 max-lg:sticky max-lg:top-14 max-lg:z-30 max-lg:-mx-3 max-lg:mb-3 max-lg:border-b max-lg:border-line max-lg:bg-canvas max-lg:px-3 max-lg:py-2 max-lg:sm:-mx-6 max-lg:sm:px-6',
          nameError !== undefined && 'lg:mb-5.5',
        )}
      >
        {part !== null && (
          <div className="mr-auto">
            <Segmented
              label={text('show')}
              value={part}
              onChange={onPart}
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
        <Button type="submit" variant="primary" pending={isSaving} className="max-sm:!px-3">
          {text('save')}
        </Button>
        <output className="text-sm text-muted max-lg:sr-only">{isChanged ? text('unsaved') : ''}</output>
      </div>
    </form>
  )
}
