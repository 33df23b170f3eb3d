import type { Client } from '@senio/client'
import { tagWords } from '@senio/protocol'

/**
 * The same client, for which only the measurements with a tag exist: everything that reads measurements through it
 * respects the filter.
 */
export function taggedClient(client: Client, tag: string): Client {
  const handled = (handlers: Parameters<Client['live']>[1]): typeof handlers => ({
    ...handlers,
    onMeasurement(measurement, sensor) {
      if (tagWords(measurement.tags).includes(tag)) handlers.onMeasurement(measurement, sensor)
    },
  })
  return {
    ...client,
    at: (sensor, t, options) => client.at(sensor, t, { ...options, tag }),
    latest: (sensor, options) => client.latest(sensor, { ...options, tag }),
    series: (sensor, query, options) => client.series(sensor, { ...query, tag }, options),
    keogram: (sensor, query, options) => client.keogram(sensor, { ...query, tag }, options),
    keogramTile: (sensor, field, tile, options) =>
      client.keogramTile(sensor, field, { ...tile, tag }, options),
    images: (sensor, query, options) => client.images(sensor, { ...query, tag }, options),
    measurements: (sensor, query, options) => client.measurements(sensor, { ...query, tag }, options),
    live: (sensor, handlers) => client.live(sensor, handled(handlers)),
    liveOf: (sensors, handlers) => client.liveOf(sensors, handled(handlers)),
  }
}
