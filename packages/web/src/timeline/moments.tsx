import { Suspense } from 'react'
import { classNames } from '../design/class-names.ts'
import { Skeleton } from '../design/skeleton.tsx'
import type { ShownField } from '../fields/field-view.ts'
import { fieldView } from '../fields/index.ts'
import type { PanelTrack } from '../fields/panels.ts'

export interface MomentsProps {
  readonly tracks: readonly PanelTrack[]
  readonly className: string
}

/** What is seen of the moment at the cursor. A field that stands in several panels is shown once. */
export function Moments({ tracks, className }: MomentsProps) {
  if (tracks.length === 0) return null
  const once = new Map(tracks.map((track) => [track.fields.map(({ key }) => key).join(), track]))
  return (
    <div data-part="moments" className={classNames('grid gap-3', className)}>
      {[...once].map(([key, { fields }]) => {
        const { Moment } = fieldView(fields[0].type)
        return (
          Moment !== null && (
            <Suspense key={key} fallback={<Skeleton className="h-48" />}>
              <Moment fields={fields} />
            </Suspense>
          )
        )
      })}
    </div>
  )
}

export interface PlayerProps {
  readonly fields: readonly ShownField[]
  readonly className?: string
}

/** The controls that play the fields; nothing when there are none to play. */
export function Player({ fields, className }: PlayerProps) {
  const [first] = fields
  const Controls = first === undefined ? null : fieldView(first.type).Player
  if (Controls === null) return null
  return (
    <div className={classNames('mb-2 min-h-11 xl:my-3', className)}>
      <Suspense fallback={null}>
        <Controls fields={fields} />
      </Suspense>
    </div>
  )
}
