import { Counter, collectDefaultMetrics, Registry } from 'prom-client'

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
}
