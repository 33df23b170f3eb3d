import type { LoadJob } from '../load/job.ts'
import type { LoadGenerator } from '../load/load-generator.ts'
import type { RequestTemplate, Times } from '../load/template.ts'
import type { Subject } from '../run.ts'

/** A program that takes measurements, and where it is reached. */
export interface WritableSubject extends Subject {
  readonly port: number
  /** HTTP when absent. */
  readonly protocol?: LoadJob['protocol']
}

/** Sends measurements to one program, each run going on in time where the last one ended. */
export class Writer<Kind extends WritableSubject = WritableSubject> {
  readonly subject: Kind
  readonly #template: RequestTemplate
  readonly #times: Times
  #next = 0

  constructor(subject: Kind, template: RequestTemplate, times: Times) {
    this.subject = subject
    this.#template = template
    this.#times = times
  }

  /** Written so far. */
  get measurements(): number {
    return this.#next * this.#template.entries
  }

  get name(): Kind['name'] {
    return this.subject.name
  }

  /** Another writer to the same program whose measurements come after those so far. @param step ms between them */
  after(template: RequestTemplate, step: number): Writer<Kind> {
    const first = this.#times.first + this.measurements * this.#times.step
    return new Writer(this.subject, template, { first, step })
  }

  /** @returns measurements a second */
  async write(
    load: LoadGenerator,
    connections: number,
    how: { readonly seconds: number; readonly requests?: number; readonly rate?: number },
  ): Promise<number> {
    const result = await load.run({
      protocol: this.subject.protocol ?? 'http',
      port: this.subject.port,
      connections,
      templates: [this.#template],
      times: this.#times,
      firstNumber: this.#next,
      limit: how,
      ...(how.rate === undefined ? {} : { rate: how.rate }),
    })
    this.#next = result.nextNumber
    return result.measurements / result.seconds
  }
}

/** Sends one request that isn't measured. */
export async function sendOnce(
  load: LoadGenerator,
  subject: WritableSubject,
  template: RequestTemplate,
): Promise<void> {
  await new Writer(subject, template, { first: 0, step: 1 }).write(load, 1, { seconds: 600, requests: 1 })
}
