import type { Admission } from '../../domain/overload/admission.ts'
import type { Work } from '../../domain/overload/work-limit.ts'

export type WorkAdmission = Pick<Admission, 'begin' | 'beginPicture' | 'wait' | 'goOn' | 'end'>

/** What a publish request has the server do. */
export class PublishWork {
  readonly #admission: WorkAdmission
  #work: Work | null = null

  constructor(admission: WorkAdmission) {
    this.#admission = admission
  }

  /** JSON has come, of so many bytes. @throws SenioError `overloaded` */
  begin(bytes: number): void {
    this.#work = this.#admission.begin(bytes)
  }

  /** Pictures are coming. @throws SenioError `overloaded` */
  beginPicture(): void {
    this.#work = this.#admission.beginPicture()
  }

  /** Nothing can be done until the sender has sent more. */
  wait(): void {
    if (this.#work !== null) this.#admission.wait(this.#work)
  }

  goOn(): void {
    if (this.#work !== null) this.#admission.goOn(this.#work)
  }

  /** It is stored or refused; does nothing where nothing began. */
  end(): void {
    if (this.#work !== null) this.#admission.end(this.#work)
    this.#work = null
  }
}
