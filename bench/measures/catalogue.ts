/** The programs that are measured. */
export const subjects = {
  senio: 'Senio',
  'nodes-1': '1 node on PostgreSQL',
  'nodes-2': '2 nodes',
  'nodes-3': '3 nodes',
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
  nodes: 'one to three nodes on PostgreSQL, with 10 to 10,000 sensors',
} as const

export type Topic = keyof typeof topics

export interface Measure {
  readonly topic: Topic
  readonly title: string
  readonly unit: 'µs' | 'measurements/s' | 'requests/s' | 'images/s' | 'ms' | 'bytes/value' | 'bytes' | 'MB'
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
  'nodes-single': {
    topic: 'nodes',
    title: 'One measurement a request, 64 connections',
    unit: 'measurements/s',
  },
  'cost-single': { topic: 'nodes', title: 'Processor time of the nodes a measurement', unit: 'µs' },
  'cost-single-database': { topic: 'nodes', title: 'Processor time of PostgreSQL a measurement', unit: 'µs' },
  'cost-single-log': { topic: 'nodes', title: 'Log of PostgreSQL a measurement', unit: 'bytes' },
  'cost-single-tables': { topic: 'nodes', title: 'Tables of PostgreSQL a measurement', unit: 'bytes' },
  'cost-later': {
    topic: 'nodes',
    title: 'Processor time of the nodes a measurement, beside years of history',
    unit: 'µs',
  },
  'cost-later-database': { topic: 'nodes', title: 'The same of PostgreSQL', unit: 'µs' },
  'cost-divided': {
    topic: 'nodes',
    title: 'The same, each sensor at one node',
    unit: 'µs',
  },
  'cost-divided-database': {
    topic: 'nodes',
    title: 'Of PostgreSQL, each sensor at one node',
    unit: 'µs',
  },
  'cost-picture': { topic: 'nodes', title: 'Processor time a picture of 100 KB, with its thumb', unit: 'µs' },
  'cost-picture-bucket': { topic: 'nodes', title: '… kept in a bucket, without the store’s', unit: 'µs' },
  'nodes-batches': { topic: 'nodes', title: 'Batches of 5,000, 3 connections', unit: 'measurements/s' },
  'nodes-day': { topic: 'nodes', title: 'A day of minutes raw, p50', unit: 'ms' },
  'nodes-year': { topic: 'nodes', title: 'A year of minutes, p50', unit: 'ms' },
  'nodes-ten-years': { topic: 'nodes', title: 'Ten years of minutes, p50', unit: 'ms' },
  'nodes-latest': { topic: 'nodes', title: 'The latest values, p50', unit: 'ms' },
  'nodes-year-16': { topic: 'nodes', title: 'A year of minutes, 16 clients', unit: 'requests/s' },
  'sensors-10': { topic: 'nodes', title: 'One measurement a request of 10 sensors', unit: 'measurements/s' },
  'sensors-100': { topic: 'nodes', title: 'The same of 100 sensors', unit: 'measurements/s' },
  'sensors-1000': { topic: 'nodes', title: 'The same of 1,000 sensors', unit: 'measurements/s' },
  'sensors-10000': { topic: 'nodes', title: 'The same of 10,000 sensors', unit: 'measurements/s' },
  'memory-single': { topic: 'single', title: 'Memory after single measurements', unit: 'MB' },
  'memory-batches': { topic: 'batches', title: 'Memory after batches', unit: 'MB' },
  'memory-queries': { topic: 'year', title: 'Memory after queries', unit: 'MB' },
  'memory-images': { topic: 'images', title: 'Memory after pictures', unit: 'MB' },
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof measures
