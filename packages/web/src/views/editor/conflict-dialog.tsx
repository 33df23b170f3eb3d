import type { ViewJson } from '@senio/protocol/api'
import { useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { text } from '../texts.ts'

export interface ConflictDialogProps {
  /** What others did; null while there is no conflict. */
  readonly conflict: { readonly theirs: ViewJson | null } | null
  readonly onClose: () => void
  /** Saves over theirs. */
  readonly onMine: () => void
  /** Keeps both. */
  readonly onNew: () => void
  readonly onTheirs: (theirs: ViewJson) => void
}

/** A view that somebody saved or deleted while it was being edited: nobody's work is lost without a word. */
export function ConflictDialog({ conflict, onClose, onMine, onNew, onTheirs }: ConflictDialogProps) {
  // Its words stay while it closes.
  const [shown, setShown] = useState(conflict)
  if (conflict !== null && conflict !== shown) setShown(conflict)
  const theirs = shown?.theirs ?? null
  return (
    <Dialog
      open={conflict !== null}
      onOpenChange={(open) => !open && onClose()}
      title={text(theirs === null ? 'goneTitle' : 'conflictTitle')}
      description={text(theirs === null ? 'goneText' : 'conflictText')}
    >
      <div className="flex flex-col items-stretch gap-2">
        {theirs !== null && (
          <>
            <Button variant="primary" onClick={onMine}>
              {text('overwrite')}
            </Button>
            <Button onClick={() => onTheirs(theirs)}>{text('takeTheirs')}</Button>
          </>
        )}
        <Button variant={theirs === null ? 'primary' : 'secondary'} onClick={onNew}>
          {text('saveAsNew')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {text('stay')}
        </Button>
      </div>
    </Dialog>
  )
}
