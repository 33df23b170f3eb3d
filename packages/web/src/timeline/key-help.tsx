import { Popover } from '@base-ui/react/popover'
import { CircleHelp } from 'lucide-react'
import { iconButtonStyle } from '../design/button-style.ts'
import { keyHelp } from './gestures/keyboard.ts'

const pointerHelp = [
  ['Drag', 'over a graph: zoom to that stretch'],
  ['Shift + drag', 'or drag the time axis: move the range'],
  ['Ctrl + wheel', 'or pinch: zoom'],
  ['Click', 'keep the cursor there'],
  ['Double click', 'zoom out'],
] as const

/** What pointers and keys do in a view. */
export function KeyHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger className={iconButtonStyle()} aria-label="Mouse and keyboard">
        <CircleHelp aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="z-50" sideOffset={6} align="end">
          <Popover.Popup className="w-80 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-raised p-4 shadow-high outline-none">
            <Popover.Title className="mb-2 text-sm font-semibold">Mouse and keyboard</Popover.Title>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
              {[...pointerHelp, ...keyHelp].map(([keys, meaning]) => (
                <div key={keys} className="col-span-2 grid grid-cols-subgrid">
                  <dt className="font-medium">{keys}</dt>
                  <dd className="text-muted">{meaning}</dd>
                </div>
              ))}
            </dl>
            <p className="mt-3 text-xs text-muted">
              Keys work while the time axis, a picture or a legend has the focus.
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
