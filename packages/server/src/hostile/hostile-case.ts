import type { ErrorCode } from '@senio/protocol'
import type { CopiedTable } from '../storage/copy-store.ts'
import type { PublishSite, SiteAnswer } from '../testing/publish-site.ts'

/** What is new in the store after a request. */
export interface Kept {
  readonly measurements: number
  /** Facts about pictures. */
  readonly images: number
  readonly blobs: number
}

export const nothing: Kept = { measurements: 0, images: 0, blobs: 0 }
export const aMeasurement: Kept = { measurements: 1, images: 0, blobs: 0 }
export const aPicture: Kept = { measurements: 1, images: 1, blobs: 1 }
/** One more value of a picture that is there already. */
export const aKnownPicture: Kept = aMeasurement

/** Something that comes from outside, the answer that it gets, and what stays of it. */
export interface HostileCase {
  /** What comes; unique within its subject. */
  readonly name: string
  /** Sets up what it needs: what that leaves is no part of it. */
  readonly prepare?: (site: PublishSite) => Promise<void> | void
  /** Sends it, and gives the answer. Takes its timestamps from `site.nextTime`. */
  readonly send: (site: PublishSite) => Promise<SiteAnswer>
  /** The code of a refusal, or the status of another answer. */
  readonly answer: ErrorCode | number
  /** Nothing by default. */
  readonly kept?: Kept
  /** The ordinary tables that it may change; none by default. */
  readonly changes?: readonly CopiedTable[]
  /** The memory of the process may not grow while it is dealt with. What is sent is made beforehand, by `prepare`. */
  readonly isFlat?: true
  /** What else is expected. */
  readonly also?: (answer: SiteAnswer, site: PublishSite) => void | Promise<void>
}

/** Cases about one subject: a section of `docs/security/hostile-input.md`. */
export interface HostileSubject {
  readonly title: string
  /** For the document: what holds for all of them. */
  readonly introduction: string
  readonly cases: readonly HostileCase[]
}
