import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RadioTower } from 'lucide-react'
import { useEffect } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { text } from './texts.ts'

/** A sensor that has published nothing so far; becomes its view with the first measurement. */
export function NothingYet({ sensor }: { readonly sensor: SensorDetailJson }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const { name } = sensor

  useEffect(() => {
    const refresh = () => void queryClient.invalidateQueries({ queryKey: queryKeys.sensor(name) })
    return client.live(name, {
      onMeasurement: refresh,
      // What came before the stream was open.
      onConnected: (connected) => connected && refresh(),
    })
  }, [client, queryClient, name])

  return (
    <EmptyState
      figure={<RadioTower aria-hidden="true" className="size-10" />}
      title={text('nothingYet')}
      action={
        <>
          <Link to="/sensors/$name/connect" params={{ name }} className={buttonStyle('primary')}>
            {text('connectDevice')}
          </Link>
          <Link to="/sensors/$name/settings" params={{ name }} className={buttonStyle('secondary')}>
            {text('fieldsAndKeys')}
          </Link>
        </>
      }
    >
      <output>{text('waitingFirst')}</output>
    </EmptyState>
  )
}
