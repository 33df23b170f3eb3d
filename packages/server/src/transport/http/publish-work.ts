import type { Admission } from '../../domain/overload/admission.ts'
import type { Work } from '../../domain/overload/work-limit.ts'

/** What a publish request has the server do once all of it is there. */
export class PublishWork {
  readonly #admission: Pick<Admission, 'begin' | 'beginReceived' | 'end'>
  #work: Work | null = null

  constructor(admission: Pick<Admission, 'begin' | 'beginReceived' | 'end'>) {
    this.#admission = admission
  }

  /** JSON has come, of so many bytes. @throws SenioError `overloaded` */
  begin(bytes: number): void {
    this.#work = this.#admission.begin(bytes)
  }

  /** Pictures have been received. */
  beginReceived(): void {
    this.#work = this.#admission.beginReceived()
  }

  /** It is stored or refused; does nothing where nothing began. */
  end(): void {
    if (this.#work !== null) this.#admission.end(this.#work)
    this.#work = null
  }
}
