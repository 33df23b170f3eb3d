import { setTimeout as delay } from 'node:timers/promises'
import { jpeg } from '../../packages/server/src/testing/test-images.ts'
import { Cli } from '../drivers/cli.ts'
import type { TestAccount } from '../drivers/test-account.ts'
import type { TestDevice } from '../drivers/test-device.ts'
import { type Launch, TestServer } from '../drivers/test-server.ts'
import type { FaultPlan } from './faults/fault.ts'
import { launchWith } from './faults/launch.ts'
import { Ledger } from './ledger.ts'
import { Load, type Send, sendTo } from './load.ts'
import { type Fault, type Holdings, type Verified, verify } from './verify.ts'

const FIELDS = ['temp:scalar:celsius', 'humidity:scalar:relative %', 'cam1:image']

/** ms after which nobody waits for more answers: what was to be seen is missing, then. */
const LONGEST_PUBLISHING = 15_000
/** ms that a server may say so that its pictures can't be read. */
const LONGEST_FAILURE = 15_000

/** How many requests got which status. */
export type Answers = ReadonlyMap<number, number>

export interface SiteOptions {
  readonly seed: number
  /** A directory that somebody else removes. */
  readonly dataDir?: string
  /** Environment of `senio serve` and `senio check`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A server that publishing goes on at, with the ledger of it. */
export class Site {
  readonly server: TestServer
  readonly account: TestAccount
  readonly device: TestDevice
  readonly ledger: Ledger
  readonly load: Load
  readonly send: Send
  readonly #settings: Readonly<Record<string, string>>
  readonly #readBefore = new Set<string>()
  /** The longest start, in ms, of those that nothing but faults holds up. */
  slowestStart = 0
  verified = 0

  private constructor(
    server: TestServer,
    account: TestAccount,
    device: TestDevice,
    load: Load,
    ledger: Ledger,
    settings: Readonly<Record<string, string>>,
  ) {
    this.#settings = settings
    this.server = server
    this.account = account
    this.device = device
    this.load = load
    this.ledger = ledger
    this.send = sendTo(device)
  }

  static async open({ seed, settings = {}, ...options }: SiteOptions): Promise<Site> {
    const server = await TestServer.start({ ...options, settings })
    try {
      const account = await server.account()
      const device = await account.sensor('rpi', FIELDS)
      const ledger = new Ledger()
      const load = new Load(ledger, await jpeg(64, 48, seed), seed)
      return new Site(server, account, device, load, ledger, settings)
    } catch (error) {
      await server.remove()
      throw error
    }
  }

  /** Starts the server with faults. False when it died of them before it could answer. */
  async startWith(plan: FaultPlan, wrapper: readonly string[] = []): Promise<boolean> {
    return this.#start(launchWith(plan, wrapper)).then(
      () => true,
      (error: unknown) => {
        if (this.server.isRunning) throw error
        return false
      },
    )
  }

  /**
   * Publishes until there were enough answers. Gives how many requests got which.
   * @param count how many answers, or refusals, are enough; it is over when the server has ended, too
   */
  async publish(count: { readonly answers: number } | { readonly refusals: number }): Promise<Answers> {
    const before = this.ledger.counts.acknowledged
    this.load.forget()
    const isEnough = (): boolean =>
      'answers' in count ? this.load.answers.length >= count.answers : this.load.refused >= count.refusals
    const publishing = this.load.run(this.send)
    const deadline = performance.now() + LONGEST_PUBLISHING
    while (!isEnough() && !this.server.hasEnded && performance.now() < deadline) await delay(5)
    this.load.stop()
    await publishing
    return new Map([...this.load.refusals, [201, this.ledger.counts.acknowledged - before]])
  }

  /** Starts the server where it can't store: it has started when it answers. */
  async startUnableToStore(): Promise<void> {
    await this.#start({ canStore: false })
  }

  /** Starts the server as it is, compares what it holds with the ledger, and sends again what got no answer. */
  async recover(): Promise<readonly Fault[]> {
    await this.#start({})
    return this.compareAndRetry()
  }

  /** Waits until the server, which ran all the while, can store again. Gives the ms that it took. */
  async ready(): Promise<number> {
    const start = performance.now()
    for (;;) {
      const { ok } = await fetch(`${this.server.url}/readyz`)
      const ms = performance.now() - start
      if (ok) return ms
      if (ms > LONGEST_PUBLISHING) throw new Error('The server does not become ready again.')
      await delay(20)
    }
  }

  /** Compares what the server holds with the ledger, and sends again what got no answer. */
  async compareAndRetry(): Promise<readonly Fault[]> {
    const unanswered = this.ledger.unanswered
    const faults = await this.compare()
    const drafts = await this.server.drafts()
    if (drafts.length > 0) faults.push({ kind: 'check', detail: `drafts left: ${drafts.join(', ')}` })
    for (const shipment of unanswered) await this.load.publish(this.send, shipment)
    return faults
  }

  /** Compares what the running server holds with the ledger, and takes that for what counts from now on. */
  async compare(): Promise<Fault[]> {
    const { faults, held } = await this.#verify()
    this.#settle(held)
    return [...faults, ...this.#impolite()]
  }

  #impolite(): readonly Fault[] {
    const { withoutRetryAfter: count } = this.load
    return count === 0 ? [] : [{ kind: 'check', detail: `${count} refused without Retry-After` }]
  }

  /** As `compare`; where the server dies before all is read, nothing is found: the next start shows it. */
  async compareUnlessItEnds(): Promise<readonly Fault[]> {
    const found = await this.#verify().catch((error: unknown) => error)
    // Its end may be noticed later than that of a connection.
    await delay(50)
    if (this.server.hasEnded) return []
    if (found instanceof Error) throw found
    const { faults, held } = found as Verified
    this.#settle(held)
    return faults
  }

  #verify(): Promise<Verified> {
    return verify(this.ledger, this.#holdings(), { imageFields: ['cam1'], readBefore: this.#readBefore })
  }

  #settle(held: Verified['held']): void {
    this.ledger.settle(held)
    this.verified++
  }

  /** Reads every row, rollup and picture, without the server. */
  async check(): Promise<readonly Fault[]> {
    const { code, stdout, stderr } = await new Cli(this.server.dataDir, this.#settings).run(['check'])
    return code === 0 ? [] : [{ kind: 'check', detail: `senio check: ${stdout}${stderr}` }]
  }

  /** Reads all pictures again at the next comparison. */
  forgetReadPictures(): void {
    this.#readBefore.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.remove()
  }

  async #start(launch: Launch): Promise<void> {
    // A stop in peace takes longer, and proves nothing here.
    if (!this.server.hasEnded) await this.server.kill9()
    const ms = await this.server.restart(launch)
    // What traces it makes it slow.
    if (launch.wrapper === undefined || launch.wrapper.length === 0)
      this.slowestStart = Math.max(this.slowestStart, ms)
  }

  #holdings(): Holdings {
    const { account, device } = this
    return {
      measurements: () => account.measurements(device.name),
      image: async (sha1) => {
        const read = (): Promise<Buffer | null> => account.image(device.name, sha1).catch(() => null)
        const bytes = await read()
        if (bytes !== null) return bytes
        await this.#picturesAreReady()
        return read()
      },
    }
  }

  /**
   * Waits while the server says that it can read no picture at the moment, as it may for a while after a bucket was out of
   * reach: that is no loss.
   */
  async #picturesAreReady(): Promise<void> {
    const deadline = performance.now() + LONGEST_FAILURE
    while (performance.now() < deadline) {
      const answer = await fetch(`${this.server.url}/readyz`)
      const { pictures } = (await answer.json()) as { readonly pictures?: string }
      if (pictures !== 'failing') return
      await delay(50)
    }
  }
}
