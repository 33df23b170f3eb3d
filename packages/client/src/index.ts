export { type Client, type ClientOptions, createClient } from './client.ts'
export { ProblemError, type ProblemCode } from './problem-error.ts'
export type { ReadOptions } from './request.ts'
export type { SensorListQuery } from './rest/sensors.ts'
export type { AtQuery, MeasurementsQuery, RangeQuery, SeriesQuery, TagsQuery } from './rest/measurements.ts'
export type { ImagesQuery, KeogramQuery, KeogramTile } from './rest/images.ts'
export type { EventSourceLike, LiveHandlers } from './rest/live.ts'
export {
  type ImageBytes,
  type OutgoingMeasurement,
  type PublishCallOptions,
  type Publisher,
  type PublisherOptions,
  createPublisher,
} from './publish.ts'
export type { RetryOptions } from './retry.ts'
