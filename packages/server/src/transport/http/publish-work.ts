import type { Admission } from '../../domain/overload/admission.ts'
import type { Work } from '../../domain/overload/work-limit.ts'

export type WorkAdmission = Pick<Admission, 'admit' | 'begin' | 'beginPicture' | 'wait' | 'goOn' | 'end'>

/** What a publish request has the server do. */
export class PublishWork {
  readonly #admission: WorkAdmission
  readonly #waited: number
  #work: Work | null = null

  /** @param waited ms that the request waited before it was read */
  constructor(admission: WorkAdmission, waited: number) {
    this.#admission = admission
    this.#waited = waited
  }

  /** It has just come. @throws SenioError `overloaded` */
  admit(): void {
    this.#admission.admit(this.#waited)
  }

  /** JSON has come, of so many bytes. @throws SenioError `overloaded` */
  begin(bytes: number): void {
    this.#work = this.#admission.begin(bytes, this.#waited)
  }

  /** Pictures are coming. @throws SenioError `overloaded` */
  beginPicture(): void {
    this.#work = this.#admission.beginPicture(this.#waited)
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
