import { Dialog } from '../design/dialog.tsx'
import { keyHelp } from './gestures/keyboard.ts'
import { text } from './texts.ts'

const pointerHelp = [
  ['drag', 'dragDoes'],
  ['shiftDrag', 'shiftDragDoes'],
  ['wheel', 'wheelDoes'],
  ['click', 'clickDoes'],
  ['doubleClick', 'doubleClickDoes'],
  ['clickName', 'clickNameDoes'],
  ['dragWindow', 'dragWindowDoes'],
  ['clickLane', 'clickLaneDoes'],
] as const

const viewerHelp = [
  ['keyLeftRight', 'pagePictures'],
  ['keyViewerZoom', 'zoomPicture'],
  ['drag', 'movePicture'],
  ['sameTimeButtons', 'sameTimeDoes'],
  ['keyEscape', 'closePicture'],
  ['keyGallery', 'movesInGallery'],
] as const

const composedHelp = [
  ['keyE', 'editsView'],
  ['keyCtrlS', 'savesView'],
  ['dragHandle', 'movesPanel'],
  ['keyAltUpDown', 'movesByKey'],
  ['keyAltShift', 'sizesByKey'],
] as const

const sections = [
  ['mouseAndTouch', pointerHelp],
  ['inPicture', viewerHelp],
  ['keysOnTimeline', keyHelp],
  ['composedViews', composedHelp],
] as const

/** What pointers, fingers and keys do in a view. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={text('helpTitle')} size="wide">
      <div className="-mx-1 gap-x-10 px-1 sm:columns-2">
        {sections.map(([heading, rows]) => (
          <section key={heading} className="mb-6 break-inside-avoid">
            <h3 className="mb-2 text-sm font-semibold">{text(heading)}</h3>
            <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
              {rows.map(([keys, meaning]) => (
                <div key={keys} className="col-span-2 grid grid-cols-subgrid">
                  <dt className="font-medium">{text(keys)}</dt>
                  <dd className="text-muted">{text(meaning)}</dd>
                </div>
              ))}
            </dl>
            {heading === 'keysOnTimeline' && <p className="mt-3 text-xs text-muted">{text('keysWork')}</p>}
          </section>
        ))}
      </div>
    </Dialog>
  )
}
