import type { ListedSensorJson } from '@senio/protocol/api'
import { LayoutDashboard } from 'lucide-react'
import { useMemo } from 'react'
import { EmptyState } from '../../design/empty-state.tsx'
import { ComposedTimeline } from '../composed-timeline.tsx'
import { MissingPanel } from '../missing-panel.tsx'
import { text } from '../texts.ts'
import { type DraftPanel, isLiving } from './draft.ts'

export interface PreviewProps {
  readonly panels: readonly DraftPanel[]
  readonly sensors: readonly ListedSensorJson[]
  readonly hasAside: boolean
}

/** The view as it will be, live and with everything that works in it. */
export function Preview({ panels, sensors, hasAside }: PreviewProps) {
  const shown = useMemo(() => panels.filter(({ fields }) => fields.length > 0), [panels])
  const isEmpty = !shown.some(({ fields }) => fields.some((field) => isLiving(field, sensors)))
  if (isEmpty) {
    return (
      <div className="rounded-xl border border-dashed border-line-strong">
        <EmptyState
          figure={<LayoutDashboard aria-hidden="true" className="size-10" />}
          title={text('emptyPreview')}
        >
          {text('emptyPreviewText')}
        </EmptyState>
      </div>
    )
  }
  return (
    <ComposedTimeline
      panels={shown}
      keyOf={idOfPanel}
      hasAside={hasAside}
      renderHeader={(controls) => <div className="flex justify-end empty:hidden">{controls}</div>}
      renderMissing={({ missing }) => <MissingPanel view={null} fields={missing} />}
    />
  )
}

function idOfPanel({ id }: DraftPanel): string {
  return id
}
