import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TimestampMs, timestampMs } from '@senio/protocol'
import { pino } from 'pino'
import { type Installation, type InstallationOptions, openInstallation } from '../compose.ts'
import type { AccountId } from '../storage/account-store.ts'
import type { App } from '../transport/http/app.ts'
import { createHttpServer } from '../transport/http/server.ts'

export interface TestServerOptions {
  readonly bodyTimeout?: number
  readonly maxConnections?: number
  readonly publishRate?: number
  readonly maxImageBytes?: number
  /** Use this directory and leave it afterwards; by default a new one that is removed. */
  readonly dataDir?: string
  /** Where it keeps things, if not in the directory, and whatever else an installation can be told. */
  readonly installation?: Partial<InstallationOptions>
}

/** A field as the command line spells it: `name:type[:unit]`. */
export type FieldSpec = string

/** A whole server on a data directory of its own, in this process; the clock is the test's. */
export class TestServer {
  readonly installation: Installation
  readonly app: App
  readonly dataDir: string
  /** What time the server thinks it is; set it as you like. */
  now: TimestampMs = timestampMs(1_700_000_000_000)
  /** Errors that background work reported. */
  readonly reported: unknown[] = []
  readonly #removesDataDir: boolean
  #owners = 0

  private constructor(installation: Installation, app: App, dataDir: string, removesDataDir: boolean) {
    this.installation = installation
    this.app = app
    this.dataDir = dataDir
    this.#removesDataDir = removesDataDir
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'senio-test-')))
    const holder: { server: TestServer | null; reported: unknown[] } = { server: null, reported: [] }
    const installation = await openInstallation({
      dataDir,
      maxImageBytes: options.maxImageBytes ?? 20 * 1024 * 1024,
      maxImagePixels: 50_000_000,
      publishRate: options.publishRate ?? 1_000_000,
      report: (error) => holder.server?.reported.push(error),
      onFatal: (error) => holder.server?.reported.push(error),
      clock: () => holder.server?.now ?? timestampMs(1_700_000_000_000),
      ...options.installation,
    })
    const app = await createHttpServer(installation.services, {
      logger: pino({ level: 'silent' }),
      publicUrl: undefined,
      trustProxy: undefined,
      bodyTimeout: options.bodyTimeout ?? 15_000,
      maxConnections: options.maxConnections ?? 10_000,
      webApp: join(dataDir, 'no-web-app'),
    })
    holder.server = new TestServer(installation, app, dataDir, options.dataDir === undefined)
    return holder.server
  }

  /** Listens on a free port of the loopback interface. */
  async listen(): Promise<string> {
    await this.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = this.app.server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  /** An account with an API token. */
  async account(email = 'ada@example.org'): Promise<{ readonly id: AccountId; readonly token: string }> {
    const { accounts, apiTokens } = this.installation.services
    const { id } = await accounts.create({ email, password: 'correct horse battery' })
    const { token } = await apiTokens.create(id, 'test')
    return { id, token }
  }

  /** A sensor with a device key, owned by a new account unless one is given. */
  async sensor(
    name: string,
    fields: readonly FieldSpec[],
    owner?: AccountId,
  ): Promise<{ readonly name: string; readonly key: string; readonly owner: AccountId }> {
    const ownerId = owner ?? (await this.account(`owner-${++this.#owners}@example.org`)).id
    const { key } = await this.installation.services.sensors.create(ownerId, {
      name,
      fields: fields.map((spec) => {
        const [field = '', type = '', unit = ''] = spec.split(':')
        return { name: field, type: type as 'scalar', unit }
      }),
    })
    return { name, key, owner: ownerId }
  }

  /** What is in the store of pictures, and drafts on the disk that should not be left. */
  async files(): Promise<{ readonly originals: number; readonly drafts: number }> {
    let originals = 0
    for await (const _ of this.installation.storage.originals.list()) originals++
    const drafts = await Promise.all(
      [join('originals', 'tmp'), 'spool'].map((path) =>
        readdir(join(this.dataDir, path)).then(
          (names) => names.length,
          () => 0,
        ),
      ),
    )
    const nameless = await countNameless(join(this.dataDir, 'spool'))
    return { originals, drafts: drafts.reduce((sum, count) => sum + count, nameless) }
  }

  async stop(): Promise<void> {
    await this.app.close()
    await this.installation.close()
    if (this.#removesDataDir) await rm(this.dataDir, { recursive: true, force: true })
  }
}

/** Files that this process has open in a directory and that have no name any more; 0 where the system doesn't tell. */
async function countNameless(directory: string): Promise<number> {
  const open = '/proc/self/fd'
  const descriptors = await readdir(open).catch(() => [])
  const files = await Promise.all(descriptors.map((name) => readlink(join(open, name)).catch(() => '')))
  return files.filter((file) => file.startsWith(`${directory}/`) && file.endsWith(' (deleted)')).length
}
