import type { MeasureName, SubjectName } from './measures/catalogue.ts'

/** What Senio's figure is held against. */
export type Reference =
  /** The same measure of another program. */
  | { readonly subject: SubjectName }
  /** The same measure of the best of several. */
  | { readonly bestOf: readonly SubjectName[] }
  /** Another measure of Senio's own. */
  | { readonly measure: MeasureName }
  /** A fixed figure in the measure's unit. */
  | { readonly figure: number }

export interface Goal {
  readonly measure: MeasureName
  readonly bound: 'at least' | 'at most'
  /** Times the reference. */
  readonly factor: number
  readonly reference: Reference
}

/** Peers that answer over HTTP, as Senio does. */
const HTTP_PEERS: readonly SubjectName[] = ['influxdb', 'victoria-metrics']

/** MB of the server after any run. */
const MEMORY = { bound: 'at most', factor: 1, reference: { figure: 300 } } as const

/** Every goal of the series engine and of the way of a picture. A goal that isn't met is reported, not left out. */
export const goals: readonly Goal[] = [
  { measure: 'single-1', bound: 'at least', factor: 1.3, reference: { subject: 'influxdb' } },
  { measure: 'single-16', bound: 'at least', factor: 1.7, reference: { subject: 'influxdb' } },
  { measure: 'single-64', bound: 'at least', factor: 1.6, reference: { subject: 'influxdb' } },
  { measure: 'single-64', bound: 'at least', factor: 0.6, reference: { subject: 'bare-http' } },
  { measure: 'batches', bound: 'at least', factor: 1, reference: { subject: 'postgresql' } },
  { measure: 'batches', bound: 'at least', factor: 0.5, reference: { subject: 'influxdb' } },
  { measure: 'year', bound: 'at most', factor: 1, reference: { subject: 'victoria-metrics' } },
  { measure: 'year-16', bound: 'at least', factor: 2, reference: { subject: 'victoria-metrics' } },
  { measure: 'ten-years', bound: 'at most', factor: 1.5, reference: { measure: 'year' } },
  { measure: 'ten-years', bound: 'at most', factor: 1 / 8, reference: { subject: 'victoria-metrics' } },
  { measure: 'ten-years', bound: 'at most', factor: 1 / 200, reference: { subject: 'influxdb' } },
  { measure: 'raw', bound: 'at most', factor: 1, reference: { bestOf: HTTP_PEERS } },
  { measure: 'latest', bound: 'at most', factor: 1, reference: { bestOf: HTTP_PEERS } },
  { measure: 'year-loaded', bound: 'at most', factor: 3, reference: { measure: 'year-quiet' } },
  { measure: 'raw-loaded', bound: 'at most', factor: 3, reference: { measure: 'raw-quiet' } },
  { measure: 'latest-loaded', bound: 'at most', factor: 3, reference: { measure: 'latest-quiet' } },
  { measure: 'arriving', bound: 'at least', factor: 0.98, reference: { figure: 2000 } },
  { measure: 'images-1', bound: 'at least', factor: 0.85, reference: { subject: 'bare-files' } },
  { measure: 'images-8', bound: 'at least', factor: 0.9, reference: { subject: 'bare-files' } },
  { measure: 'disk', bound: 'at most', factor: 1, reference: { figure: 25 } },
  { measure: 'memory-single', ...MEMORY },
  { measure: 'memory-batches', ...MEMORY },
  { measure: 'memory-queries', ...MEMORY },
  { measure: 'memory-images', ...MEMORY },
]
