import { errorKind } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultProxy } from '../testing/fault-proxy.ts'
import { createTestDatabase, postgresServerUrl } from '../testing/postgres/test-database.ts'
import { accessRules, type Stage } from './access-rules.ts'
import { AuthorisationSite } from './authorisation-site.ts'

const serverUrl = await postgresServerUrl()

/** What needs no database: documents, that the process lives, its counters. */
const NEEDS_NONE = /docs|openapi|errors|healthz|metrics/

describe.skipIf(serverUrl === null)('while PostgreSQL is gone', () => {
  let proxy: FaultProxy
  let site: AuthorisationSite
  let stage: Stage
  let headers: readonly string[]
  beforeAll(async () => {
    const { url } = await createTestDatabase(serverUrl ?? '')
    const direct = new URL(url)
    proxy = await FaultProxy.start({ host: direct.hostname, port: Number(direct.port) })
    const through = new URL(url)
    through.port = String(proxy.port)
    const installation = {
      databaseUrl: through.href,
      databaseConnections: 5,
      databaseConnectTimeout: 1,
      databaseTimeout: 5,
    }
    site = await AuthorisationSite.open({ name: 'a proxy', prepare: async () => ({ installation }) })
    await site.ensureSomeone()
    stage = await site.stage()
    headers = [`Authorization: Bearer ${await site.token(site.administrator)}`]
    await proxy.begin({ kind: 'refuse' })
  }, 60_000)
  afterAll(async () => {
    await site.close()
    await proxy.close()
  })

  const routes = Object.entries(accessRules).filter(([route]) => !NEEDS_NONE.test(route))
  it.each(routes)(
    '%s is answered with 503 and when to ask again',
    { timeout: 60_000 },
    async (route, rule) => {
      const asking = rule.access === 'device' ? [`Authorization: Bearer ${stage.key}`] : headers
      const answer = await site.ask(route, rule, stage, asking)
      expect([answer.status, answer.json?.['code']]).toEqual([
        errorKind('storage-failing').status,
        'storage-failing',
      ])
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    },
  )

  it('is over by itself when it is back', { timeout: 60_000 }, async () => {
    await proxy.heal()
    const rule = accessRules['GET /api/v1/sensors/:name']
    if (rule === undefined) throw new TypeError('There is such a rule.')
    const owner = [`Authorization: Bearer ${await site.token(site.owner)}`]
    await expect
      .poll(async () => (await site.ask('GET /api/v1/sensors/:name', rule, stage, owner)).status, {
        timeout: 30_000,
      })
      .toBe(200)
    expect(
      (
        await site.ask('POST /publish/:name', accessRules['POST /publish/:name'] ?? rule, stage, [
          `Authorization: Bearer ${stage.key}`,
        ])
      ).status,
    ).toBe(201)
  })
})
