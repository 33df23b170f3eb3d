import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { iconButtonStyle } from '../../design/button-style.ts'
import { SidePanel } from './side-panel.tsx'
import { text } from '../texts.ts'

/** The navigation over the page, on small screens. The browser's own dialog: it costs no code. */
export function Drawer({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-label={text('navigation')}
      // A tap beside it closes it, too.
      closedby="any"
      onClose={onClose}
      className="fixed inset-y-0 left-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-canvas text-ink shadow-high transition-transform duration-200 ease-out backdrop:bg-(--scrim) starting:-translate-x-full"
    >
      <SidePanel />
      <button
        type="button"
        aria-label={text('closeNavigation')}
        onClick={() => dialog.current?.close()}
        className={iconButtonStyle('absolute top-3 right-3 size-11')}
      >
        <X aria-hidden="true" />
      </button>
    </dialog>
  )
}
