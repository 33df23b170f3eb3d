import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { SensorDetailJson } from '@senio/protocol/api'
import type { ReactNode } from 'react'
import { useClient } from '../../api/client-context.ts'
import { sensorQuery } from '../../api/queries.ts'
import { Page } from '../../app/page.tsx'
import { Notice } from '../../design/notice.tsx'
import { useFreshKey } from '../fresh-keys.tsx'
import { SensorLinks } from '../sensor-links.tsx'
import { SensorLoad } from '../sensor-load.tsx'
import { Arrival } from './arrival.tsx'
import { DeviceKeyStep } from './device-key-step.tsx'
import { isOnlyHere } from './only-here.ts'
import { SnippetTabs } from './snippet-tabs.tsx'
import { text } from './texts.ts'
import { Rich } from '../../i18n/rich.tsx'

const route = getRouteApi('/shell/sensors/$name/connect')

/** From a sensor to its first measurement: the key, code to copy, and what arrives. */
export function ConnectPage() {
  const { name } = route.useParams()
  const query = useQuery(sensorQuery(useClient(), name))
  return (
    <Page
      title={text('connectSensor', { sensor: name })}
      width="narrow"
      actions={<SensorLinks name={name} here="connect" />}
    >
      <SensorLoad query={query}>{(sensor) => <Steps sensor={sensor} />}</SensorLoad>
    </Page>
  )
}

function Steps({ sensor }: { readonly sensor: SensorDetailJson }) {
  const { name, fields, publishUrl } = sensor
  const freshKey = useFreshKey(name)
  return (
    <>
      <ol className="space-y-9">
        <Step number={1} title={text('deviceKey')}>
          <DeviceKeyStep sensor={name} freshKey={freshKey} />
        </Step>
        <Step number={2} title={text('publish')}>
          {isOnlyHere(publishUrl) && (
            <div className="mb-4">
              <Notice>
                <Rich
                  text={text('onlyHere')}
                  marks={{ host: () => <code className="font-mono">{new URL(publishUrl).host}</code> }}
                />
              </Notice>
            </div>
          )}
          <SnippetTabs sensor={name} target={{ publishUrl, fields, key: freshKey ?? 'YOUR_DEVICE_KEY' }} />
        </Step>
      </ol>
      <Arrival sensor={sensor} />
    </>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}

function Step({ number, title, children }: StepProps) {
  return (
    <li className="min-w-0">
      <h2 className="mb-3 flex items-center gap-3 text-base font-semibold">
        <span
          aria-hidden="true"
          className="reading grid size-7 place-content-center rounded-full border border-line-strong text-sm font-medium text-muted"
        >
          {number}
        </span>
        {title}
      </h2>
      {children}
    </li>
  )
}
