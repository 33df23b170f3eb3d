import { ProblemError } from '@senio/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { sensorsQuery, viewQuery } from '../../api/queries.ts'
import { NoSuchView } from '../no-such-view.tsx'
import { idOf } from '../view-id.ts'
import { draftOfView } from './draft.ts'
import { EditorLoad } from './editor-load.tsx'
import { ViewEditor } from './view-editor.tsx'

const route = getRouteApi('/shell/views/$id/edit')

/** Changes a view. */
export function EditViewPage() {
  const id = idOf(route.useParams().id)
  return id === null ? <NoSuchView /> : <EditView key={id} id={id} />
}

function EditView({ id }: { readonly id: number }) {
  const client = useClient()
  const navigate = useNavigate()
  const view = useQuery({ ...viewQuery(client, id), refetchOnWindowFocus: false })
  const sensors = useQuery(sensorsQuery(client))
  // What editing began with: a later answer is somebody else's work, and found when it is saved.
  const [opened, setOpened] = useState(view.data)
  if (opened === undefined && view.data !== undefined) setOpened(view.data)
  const isGone = view.error instanceof ProblemError && view.error.code === 'not-found'
  if (isGone && opened === undefined) return <NoSuchView />
  if (opened === undefined || sensors.data === undefined) {
    return <EditorLoad error={view.error ?? sensors.error} onRetry={() => void view.refetch()} />
  }
  return (
    <ViewEditor
      initial={draftOfView(opened)}
      saved={opened}
      sensors={sensors.data}
      onCancel={() => void navigate({ to: '/views/$id', params: { id: String(id) }, search: true as never })}
    />
  )
}
