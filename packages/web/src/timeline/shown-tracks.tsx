import { Suspense } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import { fieldView } from '../fields/index.ts'
import type { PanelTrack } from '../fields/panels.ts'

/** Tracks one above another; those of types that don't lie along time are left out. */
export function ShownTracks({ tracks }: { readonly tracks: readonly PanelTrack[] }) {
  return tracks.map(({ key, fields }) => {
    const { Track } = fieldView(fields[0].type)
    return (
      Track !== null && (
        <Suspense key={key} fallback={<Skeleton className="m-3 h-40" />}>
          <Track fields={fields} />
        </Suspense>
      )
    )
  })
}
