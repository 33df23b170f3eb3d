import type { MeasurementJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'

/** The newest measurement that arrived while the page is open; null before that. */
export function useNewestMeasurement(sensor: string): MeasurementJson | null {
  const client = useClient()
  const queryClient = useQueryClient()
  const [newest, setNewest] = useState<MeasurementJson | null>(null)

  useEffect(
    () =>
      client.live(sensor, {
        onMeasurement(measurement) {
          setNewest(measurement)
          void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
        },
        onConnected(connected) {
          // What came before the stream was open isn't repeated.
          if (connected) void queryClient.invalidateQueries({ queryKey: queryKeys.sensorDetail(sensor) })
        },
      }),
    [client, queryClient, sensor],
  )
  return newest
}
