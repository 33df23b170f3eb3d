import { SenioError } from '@senio/protocol'
import type { ImageStore, NewImage } from '../../storage/image-store.ts'
import type { PictureFault, ScrubStore } from '../../storage/scrub-store.ts'
import type { Clock } from '../clock.ts'
import { faultSentence } from './fault-words.ts'
import type { VerifiedOriginals } from './verified-originals.ts'

export interface DamagedPicturesPorts {
  readonly scrub: Pick<ScrubStore, 'addDamaged' | 'removeDamaged' | 'listDamaged' | 'countDamaged'>
  readonly images: Pick<ImageStore, 'find' | 'retry'>
  /** Forgets those that turn out to be damaged. */
  readonly verified: Pick<VerifiedOriginals, 'forget'>
  readonly now: Clock
  /** Told of each picture that turns out to be damaged, once. */
  readonly report: (error: unknown) => void
}

const PAGE = 1000

/** Originals that the storage has lost or changed: whoever finds one notes it here, and whoever mends one, too. */
export class DamagedPictures {
  readonly #ports: DamagedPicturesPorts
  #count = 0

  constructor(ports: DamagedPicturesPorts) {
    this.#ports = ports
  }

  /** How many are known, by all nodes, as of the last `refresh` or finding of this one. */
  get count(): number {
    return this.#count
  }

  /** Notes one. Returns at once: what can't be noted is found again. */
  note(sha1: string, fault: PictureFault): void {
    this.add(sha1, fault).catch(this.#ports.report)
  }

  /** Notes one, and reports it when that is news. */
  async add(sha1: string, fault: PictureFault): Promise<void> {
    const { scrub, verified, now, report } = this.#ports
    verified.forget(sha1)
    const isNew = await scrub.addDamaged({ sha1, fault, found: now() })
    await this.#recount()
    if (!isNew) return
    report(
      new SenioError(
        'storage-failing',
        `${faultSentence({ sha1 }, fault)} Put it back from a backup (senio restore --pictures-only), or publish the same picture again.`,
      ),
    )
  }

  /** Its bytes are right again: it can be decoded, too. */
  async mended(image: NewImage): Promise<void> {
    await this.#ports.images.retry(image)
    await this.sound([image.sha1])
  }

  /** These were looked at and are as they were published. */
  async sound(sha1s: readonly string[]): Promise<void> {
    if (this.#count === 0) return
    await this.#ports.scrub.removeDamaged(sha1s)
    await this.#recount()
  }

  /** Learns what other nodes found, and forgets what is not kept any more. */
  async refresh(): Promise<void> {
    const { scrub, images, verified } = this.#ports
    const damaged = await scrub.listDamaged(PAGE)
    for (const { sha1 } of damaged) verified.forget(sha1)
    if (damaged.length > 0) {
      const kept = await images.find(damaged.map(({ sha1 }) => sha1))
      await scrub.removeDamaged(damaged.flatMap(({ sha1 }) => (kept.has(sha1) ? [] : [sha1])))
    }
    await this.#recount()
  }

  async #recount(): Promise<void> {
    this.#count = await this.#ports.scrub.countDamaged()
  }
}
