import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useClient } from '../../api/client-context.ts'
import { sensorsQuery } from '../../api/queries.ts'
import { NotFoundPage } from '../../app/not-found-page.tsx'
import { draftOfSensor, emptyDraft } from './draft.ts'
import { EditorLoad } from './editor-load.tsx'
import { ViewEditor } from './view-editor.tsx'

const composeRoute = getRouteApi('/shell/sensors/$name/compose')

/** Composes a view from nothing. */
export function NewViewPage() {
  const navigate = useNavigate()
  const { data: sensors, error, refetch } = useQuery(sensorsQuery(useClient()))
  if (sensors === undefined) return <EditorLoad error={error} onRetry={() => void refetch()} />
  return (
    <ViewEditor
      initial={emptyDraft}
      saved={null}
      sensors={sensors}
      onCancel={() => void navigate({ to: '/views' })}
    />
  )
}

/** Composes a view that begins as a sensor's own. */
export function ComposePage() {
  const navigate = useNavigate()
  const { name } = composeRoute.useParams()
  const { data: sensors, error, refetch } = useQuery(sensorsQuery(useClient()))
  if (sensors === undefined) return <EditorLoad error={error} onRetry={() => void refetch()} />
  const sensor = sensors.find((known) => known.name === name)
  if (sensor === undefined) return <NotFoundPage />
  return (
    <ViewEditor
      key={name}
      initial={draftOfSensor(sensor)}
      saved={null}
      sensors={sensors}
      onCancel={() => void navigate({ to: '/sensors/$name', params: { name }, search: true as never })}
    />
  )
}
