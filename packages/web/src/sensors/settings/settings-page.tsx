import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useClient } from '../../api/client-context.ts'
import { sensorQuery } from '../../api/queries.ts'
import { Page } from '../../app/page.tsx'
import { SensorLinks } from '../sensor-links.tsx'
import { SensorLoad } from '../sensor-load.tsx'
import { DeleteSensor } from './delete-sensor.tsx'
import { FieldSettings } from './field-settings.tsx'
import { KeySettings } from './key-settings.tsx'
import { NameSettings } from './name-settings.tsx'
import { text } from './texts.ts'

const route = getRouteApi('/shell/sensors/$name/settings')

/** What can be changed about a sensor. */
export function SettingsPage() {
  const { name } = route.useParams()
  const query = useQuery(sensorQuery(useClient(), name))
  return (
    <Page
      title={text('settingsOf', { sensor: name })}
      width="narrow"
      actions={<SensorLinks name={name} here="settings" />}
    >
      <SensorLoad query={query}>
        {(sensor) => (
          <div key={sensor.name}>
            <NameSettings sensor={sensor} />
            <FieldSettings sensor={sensor} />
            <KeySettings sensor={sensor.name} />
            <DeleteSensor sensor={sensor} />
          </div>
        )}
      </SensorLoad>
    </Page>
  )
}
