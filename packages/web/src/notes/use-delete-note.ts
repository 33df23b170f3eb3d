import { useCallback } from 'react'
import { problemText } from '../api/problem-text.ts'
import { useToast } from '../design/toast.ts'
import type { ShownNote } from './shown-note.ts'
import { text } from './texts.ts'
import { useNoteActions } from './use-notes.ts'

/** Deletes a note, and offers to bring it back. */
export function useDeleteNote(): (note: ShownNote) => void {
  const { save, remove } = useNoteActions()
  const toast = useToast()
  return useCallback(
    (note) => {
      function restore(): void {
        save({ ...note, id: null }).catch((error: unknown) =>
          toast.failed(text('notRestored'), problemText(error)),
        )
      }
      remove(note).then(
        () => toast.done(text('deleted'), restore),
        (error: unknown) => toast.failed(text('notDeleted'), problemText(error)),
      )
    },
    [save, remove, toast],
  )
}
