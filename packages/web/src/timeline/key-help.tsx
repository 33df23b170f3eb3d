import { CircleHelp } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { isViewKey } from './gestures/view-key.ts'
import { text } from './texts.ts'

const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }))

/** Leads to what pointers and keys do in a view, as the key `?` does. */
export function KeyHelp() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (isViewKey(event, '?')) setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <IconButton label={text('helpTitle')} onClick={() => setOpen(true)}>
        <CircleHelp aria-hidden="true" />
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <KeySheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
