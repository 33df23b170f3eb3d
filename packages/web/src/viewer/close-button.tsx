import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { text } from '../design/texts.ts'

/** Closes what covers the whole window, on whatever picture is below. */
export function CloseButton() {
  return (
    <Dialog.Close
      aria-label={text('close')}
      className="absolute top-3 right-3 grid size-11 place-items-center rounded-full bg-black/55 text-white hover:bg-black/80 focus-visible:outline-white"
    >
      <X aria-hidden="true" className="size-5" />
    </Dialog.Close>
  )
}
