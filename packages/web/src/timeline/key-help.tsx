import { CircleHelp } from 'lucide-react'
import { iconButtonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { keyHelp } from './gestures/keyboard.ts'

const pointerHelp = [
  ['Drag', 'over a graph: zoom to that stretch'],
  ['Shift + drag', 'or drag the time axis: move the range'],
  ['Ctrl + wheel', 'or pinch: zoom'],
  ['Click', 'keep the cursor there'],
  ['Double click', 'zoom out'],
  ['Drag the window', 'in the strip of the whole history: move it, or its ends'],
] as const

/** What pointers and keys do in a view. */
export function KeyHelp() {
  return (
    <Popover
      title="Mouse and keyboard"
      label="Mouse and keyboard"
      align="end"
      triggerClassName={iconButtonStyle()}
      trigger={<CircleHelp aria-hidden="true" />}
      className="w-80"
    >
      {() => (
        <>
          <h2 className="mb-2 text-sm font-semibold">Mouse and keyboard</h2>
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
        </>
      )}
    </Popover>
  )
}
