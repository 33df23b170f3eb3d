import { percentile } from '../report/statistics.ts'
import { Connection } from './connection.ts'
import { type LoadJob, type LoadResult, MAX_REQUESTS, MAX_SECONDS } from './job.ts'
import type { Answer } from './response-reader.ts'

const OPENED_AT_ONCE = 200

/** ms between looks at what is due in a paced run. */
const PACE = 2

/** Runs a job to its end. @throws Error when a request gets no answer or one that isn't 2xx */
export async function runJob(job: LoadJob): Promise<LoadResult> {
  const connections = await openAll(job)
  try {
    return await new Run(job, connections).result()
  } finally {
    for (const connection of connections) connection.close()
  }
}

async function openAll(job: LoadJob): Promise<Connection[]> {
  const connections: Connection[] = []
  while (connections.length < job.connections) {
    // No more at once than a server keeps waiting.
    const count = Math.min(OPENED_AT_ONCE, job.connections - connections.length)
    const first = connections.length
    const opening = Array.from({ length: count }, (_, index) => {
      const port = job.ports?.[(first + index) % job.ports.length] ?? job.port
      return Connection.open({ ...job, port })
    })
    connections.push(...(await Promise.all(opening)))
  }
  return connections
}

class Run {
  readonly #job: LoadJob
  readonly #idle: Connection[]
  /** Of a divided job. */
  readonly #shares = new Map<Connection, { readonly templates: LoadJob['templates']; sent: number }>()
  readonly #connections: number
  readonly #mostRequests: number
  readonly #deadline: number
  readonly #started = performance.now()
  readonly #latencies: number[] = []
  readonly #answerBytes: number[] = []
  readonly #refusals: number[] = []
  #sent = 0
  #skipped = 0
  #measurements = 0
  #lastAnswer = 0
  #settle: { resolve: (result: LoadResult) => void; reject: (error: Error) => void } | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(job: LoadJob, connections: readonly Connection[]) {
    this.#job = job
    this.#idle = [...connections]
    this.#connections = connections.length
    const ports = job.ports?.length ?? 1
    if (job.isDivided === true) {
      const shares = Array.from({ length: ports }, (_, port) => ({
        templates: job.templates.filter((_template, index) => index % ports === port),
        sent: 0,
      }))
      // As `openAll` has connected them.
      for (const [index, connection] of connections.entries()) {
        const share = shares[index % ports]
        if (share !== undefined) this.#shares.set(connection, share)
      }
    }
    this.#mostRequests = Math.min(job.limit.requests ?? MAX_REQUESTS, MAX_REQUESTS)
    this.#deadline = this.#started + Math.min(job.limit.seconds, MAX_SECONDS) * 1000
  }

  result(): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      if (this.#job.rate === undefined) {
        for (const connection of this.#idle.splice(0)) this.#next(connection)
      } else {
        this.#timer = setInterval(() => this.#sendDue(), PACE)
      }
    })
  }

  /** Sends on this connection, unless the run is over. */
  #next(connection: Connection, due = performance.now()): void {
    if (this.#isOver(due)) {
      this.#idle.push(connection)
      if (this.#idle.length === this.#connections) this.#finish()
      return
    }
    const { templates, firstNumber, times } = this.#job
    const number = firstNumber + this.#sent
    const share = this.#shares.get(connection)
    const template =
      share === undefined
        ? templates[number % templates.length]
        : share.templates[share.sent++ % share.templates.length]
    if (template === undefined) return this.#fail(new Error('A job has no templates.'))
    this.#sent++
    connection.send(
      { template, number, times },
      (answer) => {
        const now = performance.now()
        this.#lastAnswer = now
        const isTaken = this.#note(answer, now - due, connection)
        if (isTaken) this.#measurements += template.entries
        const { refusedRest = 0 } = this.#job
        if (isTaken || refusedRest === 0) this.#goOn(connection, now)
        else setTimeout(() => this.#goOn(connection), refusedRest)
      },
      (error) => this.#fail(error),
    )
  }

  #goOn(connection: Connection, now?: number): void {
    if (this.#job.rate === undefined) this.#next(connection, now)
    else this.#idle.push(connection)
  }

  #sendDue(): void {
    const now = performance.now()
    if (this.#isOver(now)) {
      if (this.#idle.length === this.#connections) this.#finish()
      return
    }
    const interval = 1000 / (this.#job.rate ?? 1)
    for (;;) {
      const due = this.#started + (this.#sent + this.#skipped) * interval
      if (due > now || this.#sent >= this.#mostRequests) return
      const connection = this.#idle.pop()
      if (connection !== undefined) this.#next(connection, due)
      else if (this.#job.skipsLate === true) this.#skipped++
      else return
    }
  }

  #isOver(now: number): boolean {
    return this.#sent >= this.#mostRequests || now >= this.#deadline
  }

  /** Whether it was answered as it should be. */
  #note(answer: Answer, latency: number, connection: Connection): boolean {
    const isRefusal = answer.status === 429 || answer.status === 503
    if (isRefusal && this.#job.mayBeRefused === true) {
      this.#refusals.push(latency)
      return false
    }
    if (answer.status < 200 || answer.status > 299) {
      this.#fail(new Error(`Answered ${answer.status}: ${connection.lastText}`))
      return false
    }
    this.#latencies.push(latency)
    this.#answerBytes.push(answer.bytes)
    return true
  }

  #finish(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    const settle = this.#settle
    this.#settle = null
    if (settle === null) return
    const latencies = Float64Array.from(this.#latencies).sort()
    settle.resolve({
      requests: latencies.length,
      measurements: this.#measurements,
      refused: {
        requests: this.#refusals.length,
        p99: percentile(Float64Array.from(this.#refusals).sort(), 99),
      },
      skipped: this.#skipped,
      seconds: (this.#lastAnswer - this.#started) / 1000,
      latency: {
        p50: percentile(latencies, 50),
        p90: percentile(latencies, 90),
        p99: percentile(latencies, 99),
        max: percentile(latencies, 100),
      },
      answerBytes: percentile(Float64Array.from(this.#answerBytes).sort(), 50),
      nextNumber: this.#job.firstNumber + this.#sent,
    })
  }

  #fail(error: Error): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    const settle = this.#settle
    this.#settle = null
    settle?.reject(error)
  }
}
