/** The programs that are measured. */
export const subjects = {
  senio: 'Senio',
  influxdb: 'InfluxDB',
  'victoria-metrics': 'VictoriaMetrics',
  postgresql: 'PostgreSQL',
  nginx: 'nginx',
  'bare-http': 'bare node:http',
  'bare-files': 'bare files',
} as const

export type SubjectName = keyof typeof subjects

/** What `--only` chooses from. */
export const topics = {
  single: 'one measurement of two fields a request, at 1, 16 and 64 connections',
  batches: '5,000 measurements of two fields a request',
  year: 'a year of minutes in 1,000 buckets, alone and for 16 clients at once',
  'ten-years': 'ten years of minutes in 1,000 buckets',
  raw: 'the last 24 hours, every value',
  latest: 'the latest values',
  'under-load': 'the same queries while 2,000 measurements a second arrive',
  images: 'pictures of 100 KB as forms, at 1 and 8 connections',
  disk: 'bytes on disk per value',
} as const

export type Topic = keyof typeof topics

export interface Measure {
  readonly topic: Topic
  readonly title: string
  readonly unit: 'measurements/s' | 'requests/s' | 'images/s' | 'ms' | 'bytes/value' | 'MB'
}

/** Everything that is measured, in the order of the report. Rates are better when higher, all else when lower. */
export const measures = {
  'single-1': { topic: 'single', title: 'One measurement a request, 1 connection', unit: 'measurements/s' },
  'single-16': {
    topic: 'single',
    title: 'One measurement a request, 16 connections',
    unit: 'measurements/s',
  },
  'single-64': {
    topic: 'single',
    title: 'One measurement a request, 64 connections',
    unit: 'measurements/s',
  },
  batches: { topic: 'batches', title: 'Batches of 5,000 measurements', unit: 'measurements/s' },
  year: { topic: 'year', title: 'A year of minutes in 1,000 buckets, p50', unit: 'ms' },
  'year-16': { topic: 'year', title: 'The same for 16 clients at once', unit: 'requests/s' },
  'ten-years': { topic: 'ten-years', title: 'Ten years of minutes in 1,000 buckets, p50', unit: 'ms' },
  raw: { topic: 'raw', title: 'The last 24 hours raw, p50', unit: 'ms' },
  latest: { topic: 'latest', title: 'The latest values, p50', unit: 'ms' },
  'year-quiet': { topic: 'under-load', title: 'A year of minutes, quiet, p99', unit: 'ms' },
  'year-loaded': { topic: 'under-load', title: 'A year of minutes while 2,000/s arrive, p99', unit: 'ms' },
  'raw-quiet': { topic: 'under-load', title: 'The last 24 hours, quiet, p99', unit: 'ms' },
  'raw-loaded': { topic: 'under-load', title: 'The last 24 hours while 2,000/s arrive, p99', unit: 'ms' },
  'latest-quiet': { topic: 'under-load', title: 'The latest values, quiet, p99', unit: 'ms' },
  'latest-loaded': { topic: 'under-load', title: 'The latest values while 2,000/s arrive, p99', unit: 'ms' },
  arriving: { topic: 'under-load', title: 'Measurements that arrived meanwhile', unit: 'measurements/s' },
  'images-1': { topic: 'images', title: 'Pictures of 100 KB, 1 connection', unit: 'images/s' },
  'images-8': { topic: 'images', title: 'Pictures of 100 KB, 8 connections', unit: 'images/s' },
  disk: { topic: 'disk', title: 'Bytes on disk per value', unit: 'bytes/value' },
  'memory-single': { topic: 'single', title: 'Memory after single measurements', unit: 'MB' },
  'memory-batches': { topic: 'batches', title: 'Memory after batches', unit: 'MB' },
  'memory-queries': { topic: 'year', title: 'Memory after queries', unit: 'MB' },
  'memory-images': { topic: 'images', title: 'Memory after pictures', unit: 'MB' },
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof measures
