import { queryKeys } from '../api/query-keys.ts'

/** Names of cached answers that a view asks for; all begin with the sensor's. */
export const viewKeys = {
  series: (sensor: string) => [...queryKeys.sensor(sensor), 'series'] as const,
  images: (sensor: string) => [...queryKeys.sensor(sensor), 'images'] as const,
  instant: (sensor: string) => [...queryKeys.sensor(sensor), 'at'] as const,
  overview: (sensor: string) => [...queryKeys.sensor(sensor), 'overview'] as const,
  latest: (sensor: string) => [...queryKeys.sensor(sensor), 'latest'] as const,
  picture: (sensor: string) => [...queryKeys.sensor(sensor), 'images', 'opened'] as const,
} as const
