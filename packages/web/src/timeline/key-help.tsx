import { CircleHelp } from 'lucide-react'
import { iconButtonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { keyHelp } from './gestures/keyboard.ts'
import { text } from './texts.ts'

const pointerHelp = [
  ['drag', 'dragDoes'],
  ['shiftDrag', 'shiftDragDoes'],
  ['wheel', 'wheelDoes'],
  ['click', 'clickDoes'],
  ['doubleClick', 'doubleClickDoes'],
  ['dragWindow', 'dragWindowDoes'],
] as const

/** What pointers and keys do in a view. */
export function KeyHelp() {
  return (
    <Popover
      title={text('help')}
      label={text('help')}
      align="end"
      triggerClassName={iconButtonStyle()}
      trigger={<CircleHelp aria-hidden="true" />}
      className="w-80"
    >
      {() => (
        <>
          <h2 className="mb-2 text-sm font-semibold">{text('help')}</h2>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
            {[...pointerHelp, ...keyHelp].map(([keys, meaning]) => (
              <div key={keys} className="col-span-2 grid grid-cols-subgrid">
                <dt className="font-medium">{text(keys)}</dt>
                <dd className="text-muted">{text(meaning)}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-3 text-xs text-muted">{text('keysWork')}</p>
        </>
      )}
    </Popover>
  )
}
