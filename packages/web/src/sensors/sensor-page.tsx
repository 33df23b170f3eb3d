import { getRouteApi } from '@tanstack/react-router'
import { useTitle } from '../app/page.tsx'
import { SensorView } from '../timeline/sensor-view.tsx'

const route = getRouteApi('/shell/sensors/$name')

/** One sensor's view. */
export function SensorPage() {
  const { name } = route.useParams()
  useTitle(name)
  return <SensorView key={name} name={name} />
}
