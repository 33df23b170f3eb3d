import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { SenioError, timestampMs } from '@senio/protocol'
import type { RouteOptions } from 'fastify'
import { hashSecret } from '../domain/secrets.ts'
import { type Account, type AccountId, SESSION_ID_LENGTH } from '../storage/account-store.ts'
import { type SiteAnswer, sha1 } from '../testing/publish-site.ts'
import { RawConnection } from '../testing/raw-connection.ts'
import type { StorageProfile } from '../testing/storage-profiles.ts'
import { jpeg } from '../testing/test-images.ts'
import { TestServer } from '../testing/test-server.ts'
import type { App } from '../transport/http/app.ts'
import type { AccessRule, Stage } from './access-rules.ts'

const T = 1_650_000_000_000
const FIELDS = ['temp:scalar', 'cam1:image']

/** A server with people who try everything that they may and may not. */
export class AuthorisationSite {
  readonly server: TestServer
  /** `METHOD path` of every route. */
  readonly routes: readonly string[]
  readonly owner: Account
  readonly other: Account
  readonly administrator: Account
  readonly #url: string
  readonly #tokens = new Map<AccountId, string>()
  readonly #kept = new Map<AccountId, Pick<Stage, 'viewId' | 'tokenId'>>()
  #stages = 0

  private constructor(
    server: TestServer,
    routes: readonly string[],
    url: string,
    people: readonly Account[],
  ) {
    const [administrator, owner, other] = people
    if (administrator === undefined || owner === undefined || other === undefined) throw new Error('people')
    this.server = server
    this.routes = routes
    this.#url = url
    this.administrator = administrator
    this.owner = owner
    this.other = other
  }

  static async open(profile: StorageProfile): Promise<AuthorisationSite> {
    const routes = new Set<string>()
    const watch = (message: unknown): void => {
      const { fastify } = message as { readonly fastify: App }
      fastify.addHook('onRoute', ({ method, url }: RouteOptions) => {
        for (const name of [method].flat()) routes.add(`${name} ${url}`)
      })
    }
    subscribe('fastify.initialization', watch)
    const server = await TestServer.start(await profile.prepare())
    unsubscribe('fastify.initialization', watch)
    const { accounts } = server.installation.services
    const people: Account[] = []
    for (const name of ['administrator', 'owner', 'other']) {
      people.push(await accounts.create({ email: `${name}@example.org`, password: 'correct horse battery' }))
    }
    const site = new AuthorisationSite(server, [...routes], await server.listen(), people)
    // Made now, so that they are no change of what is there.
    for (const person of people) await site.token(person)
    return site
  }

  close(): Promise<void> {
    return this.server.stop()
  }

  /** Things of an account, made anew. */
  async stage(account = this.owner): Promise<Stage> {
    const { accounts, apiTokens, deviceKeys, notes, sensors, views } = this.server.installation.services
    const name = `new-${++this.#stages}`
    const sensorName = `sensor-${this.#stages}`
    const { key } = await this.server.sensor(sensorName, FIELDS, account.id)
    const picture = await jpeg(16, 12, this.#stages)
    const { host } = new URL(this.#url)
    const head = `POST /publish/${sensorName}?field=cam1&timestamp=${T} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n`
    const type = `Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`
    await RawConnection.exchange(this.#url, Buffer.concat([Buffer.from(head + type), picture]))
    const sensor = await sensors.get(account.id, sensorName)
    const [deviceKey] = (await deviceKeys.list(account.id, sensorName, 1, null)).items
    const note = await notes.create(sensor, { from: T, to: null, text: 'a note' })
    // There may be only so many.
    const kept = this.#kept.get(account.id)
    if (kept !== undefined) {
      await ignoreMissing(apiTokens.revoke(account.id, kept.tokenId))
      await ignoreMissing(views.delete(account.id, kept.viewId))
    }
    const view = await views.create(account.id, { name, panels: [] })
    const token = await apiTokens.create(account.id, '')
    this.#kept.set(account.id, { viewId: view.id, tokenId: token.id })
    const someone = await accounts.findByEmail('someone@example.org')
    return {
      sensor: sensorName,
      key,
      keyId: deviceKey?.id ?? 0,
      sha1: sha1(picture),
      noteId: note.id,
      viewId: view.id,
      tokenId: token.id,
      sessionId: await this.sessionId(account),
      accountId: someone?.id ?? 0,
      name: `${name}-name`,
    }
  }

  /** Another sensor of an account, with its device key. */
  device(account: Account): Promise<{ readonly name: string; readonly key: string }> {
    return this.server.sensor(`device-${++this.#stages}`, FIELDS, account.id)
  }

  /** Sees to it that there is somebody to be deleted. */
  async ensureSomeone(): Promise<void> {
    const { accounts } = this.server.installation.services
    if ((await accounts.findByEmail('someone@example.org')) !== null) return
    await accounts.create({ email: 'someone@example.org', password: 'correct horse battery' })
  }

  async token(account: Account): Promise<string> {
    const known = this.#tokens.get(account.id)
    if (known !== undefined) return known
    const { token } = await this.server.installation.services.apiTokens.create(account.id, '')
    this.#tokens.set(account.id, token)
    return token
  }

  async session(account: Account): Promise<string> {
    return (await this.server.installation.services.sessions.begin(account)).token
  }

  /** The id of a session that nobody asks with. */
  async sessionId(account: Account): Promise<string> {
    return hashSecret(await this.session(account)).slice(0, SESSION_ID_LENGTH)
  }

  /** A session that was begun longer ago than sessions last. */
  async expiredSession(account: Account): Promise<string> {
    const { now } = this.server
    this.server.now = timestampMs(now - 31 * 86_400_000)
    const token = await this.session(account)
    this.server.now = now
    return token
  }

  /** @param route `METHOD path` */
  ask(
    route: string,
    rule: AccessRule,
    stage: Stage,
    headers: readonly string[],
    path = rule.path?.(stage),
  ): Promise<SiteAnswer> {
    const [method = '', url = ''] = route.split(' ')
    const body = rule.body === undefined ? '' : JSON.stringify(rule.body(stage))
    const lines =
      body === '' ? headers : [...headers, 'Content-Type: application/json', `Content-Length: ${body.length}`]
    const { host } = new URL(this.#url)
    const head = [`${method} ${path ?? url} HTTP/1.1`, `Host: ${host}`, ...lines, '', ''].join('\r\n')
    return RawConnection.exchange(this.#url, head + body)
  }

  get origin(): string {
    return this.#url
  }

  /** What the owner has, to see that nobody changed it. Sessions come and go as people ask: one of them must stay. */
  async belongings(stage: Stage): Promise<unknown> {
    const { services, storage } = this.server.installation
    const { accounts, apiTokens, deviceKeys, notes, queries, sensors, views } = services
    const owner = this.owner.id
    const sensor = await sensors.get(owner, stage.sensor)
    const { measurements } = await queries.measurements(sensor, { limit: 100 })
    // All of them, however many were begun by those who asked: the list that people see ends at a hundred.
    const begun = await storage.sessions.list(owner, this.server.now, 100_000)
    return {
      sensor,
      measurements,
      hasOriginal: await storage.originals.has(stage.sha1),
      keys: (await deviceKeys.list(owner, stage.sensor, 100, null)).items.map(({ id }) => id),
      notes: await notes.list(sensor, { limit: 100 }),
      views: await views.list(owner, 100, null),
      tokens: (await apiTokens.list(owner, 100, null)).items.map(({ id, label }) => [id, label]),
      hasSession: begun.some(({ id }) => id === stage.sessionId),
      hash: (await storage.accounts.findByEmail(this.owner.email))?.passwordHash,
      people: await accounts.list(100, null),
    }
  }
}

async function ignoreMissing(deletion: Promise<void>): Promise<void> {
  try {
    await deletion
  } catch (error) {
    if (!(error instanceof SenioError) || error.code !== 'not-found') throw error
  }
}
