import pg from 'pg'

/** `postgres://user:password@`, the hosts, and everything after them. */
const PARTS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s

/** libpq's word for which of several hosts is wanted. Ours is told by what the URL is for. */
const WANTED = /(?<=[?&])target_session_attrs=[^&]*&?/

/**
 * The servers that may be the one to speak to, of `postgres://user:password@one:5432,two:5432/database`: the driver
 * itself knows one. All connections of a database share this, so that one of them finds the new primary for all.
 */
export class Hosts {
  readonly #urls: readonly string[]
  #current = 0

  constructor(url: string) {
    const [, before = '', hosts = '', after = ''] = PARTS.exec(url) ?? []
    const rest = after.replace(WANTED, '')
    this.#urls = hosts === '' ? [url] : hosts.split(',').map((host) => `${before}${host}${rest}`)
  }

  get count(): number {
    return this.#urls.length
  }

  /** That of the host which is tried now. */
  get url(): string {
    return this.#urls[this.#current] ?? ''
  }

  /** The next one is tried from now on, unless somebody has gone on since. */
  goOn(failed: string): void {
    if (failed === this.url) this.#current = (this.#current + 1) % this.#urls.length
  }
}

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void)

/**
 * A client of the driver that connects to the host which is tried now, and makes the next one be tried where that fails.
 * @param takesWrites whether a host that doesn't, a standby, counts as failed
 */
export function clientOf(hosts: Hosts, takesWrites: boolean): typeof pg.Client {
  if (hosts.count === 1) return pg.Client
  return class extends pg.Client {
    readonly #url: string

    constructor(config?: string | pg.ClientConfig) {
      const { url } = hosts
      super({ ...(typeof config === 'object' ? config : {}), connectionString: url })
      this.#url = url
    }

    override connect(): Promise<pg.Client>
    override connect(callback: Connected): void
    override connect(callback?: Connected): Promise<pg.Client> | undefined {
      if (callback === undefined) return this.#connect()
      void this.#tell(callback as (error: Error | null, client?: pg.Client) => void)
      return undefined
    }

    /** The pool asks in this way. */
    async #tell(callback: (error: Error | null, client?: pg.Client) => void): Promise<void> {
      let failure: Error | null = null
      try {
        await this.#connect()
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
      }
      callback(failure, this)
    }

    async #connect(): Promise<pg.Client> {
      try {
        await super.connect()
        if (takesWrites) await this.#requireWrites()
        return this
      } catch (error) {
        hosts.goOn(this.#url)
        throw error
      }
    }

    async #requireWrites(): Promise<void> {
      const { rows } = await this.query<{ readonly transaction_read_only: string }>(
        'SHOW transaction_read_only',
      )
      if (rows[0]?.transaction_read_only === 'off') return
      await this.end().catch(() => {})
      throw new Error('The server takes no writes: it is a standby, or being replaced.')
    }
  }
}

/**
 * A connection of its own, to whichever of the hosts takes it. @throws what the last one says
 * @param settings what it says first, as SQL
 */
export async function connectToAny(
  { config, settings }: { readonly config: pg.ClientConfig; readonly settings: string },
  hosts: Hosts,
  prepare: (client: pg.Client) => void,
): Promise<pg.Client> {
  const Client = clientOf(hosts, true)
  for (let attempt = 1; ; attempt++) {
    const client = new Client(config)
    try {
      prepare(client)
      await client.connect()
      await client.query(settings)
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (attempt >= hosts.count) throw error
    }
  }
}
