import type { ErrorCode } from '@senio/protocol'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ScrubState } from '../storage/scrub-store.ts'
import type { EngineFigure, WriteLoad } from '../storage/storage.ts'

/** What is asked for when the metrics are: see docs/operations.md. */
export interface Watched {
  readonly writeLoad: () => WriteLoad
  /** Of requests' bodies in memory. */
  readonly bodyBytes: () => number
  readonly pendingPictures: () => Promise<number>
  readonly waitingDecodes: () => number
  /** Bytes that may still be written; null where that can't be told. */
  readonly freeBytes: () => Promise<number | null>
  /** Files that may still be made; null where that can't be told or has no limit. */
  readonly freeInodes: () => Promise<number | null>
  /** Whether pictures can be neither stored nor read, as far as is known. */
  readonly picturesFail: () => boolean
  readonly scrub: () => ScrubState | null
  readonly damagedPictures: () => number
  /** Of the database's engine. */
  readonly figures: readonly EngineFigure[]
  /** ms since the epoch. */
  readonly now: () => number
}

/** Seconds, from a quick disk to a hopeless one. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** What the server counts about itself, for Prometheus. No label holds a name, key or address. */
export class Metrics {
  readonly registry = new Registry()
  /** Measurements that were stored. */
  readonly measurements = new Counter({
    name: 'senio_measurements_total',
    help: 'Measurements stored',
    registers: [this.registry],
  })
  /** Pictures that were stored, repeated ones included. */
  readonly pictures = new Counter({
    name: 'senio_pictures_total',
    help: 'Pictures stored',
    registers: [this.registry],
  })
  /** Answers of the HTTP server, by status. */
  readonly #answers = new Counter({
    name: 'senio_http_answers_total',
    help: 'HTTP answers, by status',
    labelNames: ['status'],
    registers: [this.registry],
  })
  readonly #refused = new Counter({
    name: 'senio_refused_total',
    help: 'Requests that were refused or failed, by the code of the error',
    labelNames: ['code'],
    registers: [this.registry],
  })
  readonly #commits = new Histogram({
    name: 'senio_commit_seconds',
    help: 'Time of a commit of measurements, its sync included',
    buckets: BUCKETS,
    registers: [this.registry],
  })
  readonly #syncs = new Histogram({
    name: 'senio_fsync_seconds',
    help: 'Time of a sync of a picture or its directory',
    buckets: BUCKETS,
    registers: [this.registry],
  })

  readonly #logSyncs = new Histogram({
    name: 'senio_log_sync_seconds',
    help: "Time in which a commit of measurements was written to SQLite's log and synced",
    buckets: BUCKETS,
    registers: [this.registry],
  })

  /** Connections that were closed unanswered since there are too many. */
  readonly droppedConnections = new Counter({
    name: 'senio_connections_dropped_total',
    help: 'Connections closed unanswered since there were too many',
    registers: [this.registry],
  })

  readonly #answersByStatus = new Map<number, Counter.Internal>()

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** Counts one answer of the HTTP server. */
  countAnswer(status: number): void {
    let counter = this.#answersByStatus.get(status)
    if (counter === undefined) {
      counter = this.#answers.labels({ status: String(status) })
      this.#answersByStatus.set(status, counter)
    }
    counter.inc()
  }

  /** Counts a request that was answered with an error. */
  countRefusal(code: ErrorCode): void {
    this.#refused.inc({ code })
  }

  /** A commit of measurements took so long, `logMs` of it until it was synced where that is known. */
  observeCommit(ms: number, logMs?: number): void {
    this.#commits.observe(ms / 1000)
    if (logMs !== undefined) this.#logSyncs.observe(logMs / 1000)
  }

  /** A sync of a picture took so long. */
  observeSync(ms: number): void {
    this.#syncs.observe(ms / 1000)
  }

  /** Adds what is not counted but asked for. Call it once. */
  watch(watched: Watched): void {
    this.#gauge('senio_append_queue', 'Calls that wait to be stored', () => watched.writeLoad().calls)
    this.#gauge('senio_append_queue_bytes', 'Bytes that wait to be stored', () => watched.writeLoad().bytes)
    this.#gauge(
      'senio_append_queue_oldest_seconds',
      'How long the oldest call that waits to be stored has waited',
      () => watched.writeLoad().oldest / 1000,
    )
    this.#gauge('senio_body_bytes', 'Bytes of requests that are in memory', watched.bodyBytes)
    this.#gauge('senio_pictures_pending', 'Pictures that wait for their thumbs', watched.pendingPictures)
    this.#gauge('senio_decodes_waiting', 'Pictures that wait to be decoded here', watched.waitingDecodes)
    this.#gauge('senio_disk_free_bytes', 'Room on the disk of the data directory', watched.freeBytes)
    this.#gauge(
      'senio_disk_free_inodes',
      'Files that can still be made on the disk of the data directory; absent where there is no limit',
      watched.freeInodes,
    )
    this.#gauge('senio_pictures_failing', '1 while the bucket of the pictures cannot be used', () =>
      watched.picturesFail() ? 1 : 0,
    )
    this.#gauge('senio_damaged_pictures', 'Originals that are missing or damaged', watched.damagedPictures)
    this.#gauge(
      'senio_database_faults',
      'What the last look at the whole database found wrong',
      () => watched.scrub()?.databaseFaults ?? null,
    )
    this.#gauge(
      'senio_scrub_age_seconds',
      'Since everything that is kept was last looked at; absent before the first time',
      () => {
        const ended = watched.scrub()?.ended ?? null
        return ended === null ? null : Math.max(0, watched.now() - ended) / 1000
      },
    )
    this.#gauge(
      'senio_scrub_pass_seconds',
      'Since the look at everything that goes on was begun; absent while none does',
      () => {
        const started = watched.scrub()?.started ?? null
        return started === null ? null : Math.max(0, watched.now() - started) / 1000
      },
    )
    this.#gauge('senio_scrub_running', '1 while everything is being looked at', () =>
      (watched.scrub()?.started ?? null) === null ? 0 : 1,
    )
    for (const figure of watched.figures) this.#figure(figure)
  }

  /** Adds how many are connected; of several servers in a process the last one counts. */
  watchConnections(count: () => number): void {
    this.registry.removeSingleMetric('senio_connections')
    this.#gauge('senio_connections', 'Open connections, idle ones included', count)
  }

  #figure({ name, help, isCounter, value }: EngineFigure): void {
    if (!isCounter) return this.#gauge(name, help, value)
    const counter = new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset()
        this.inc(value())
      },
    })
    this.registry.registerMetric(counter)
  }

  /** @param value null when there is nothing to tell; one that can't be had is left out */
  #gauge(name: string, help: string, value: () => number | null | Promise<number | null>): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      async collect() {
        try {
          const found = await value()
          if (found === null) this.remove()
          else this.set(found)
        } catch {
          // The others are worth more than an error for all: the alert SenioMetricMissing tells.
          this.remove()
        }
      },
    })
    this.registry.registerMetric(gauge)
  }
}
