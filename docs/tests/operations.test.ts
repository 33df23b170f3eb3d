import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Connections } from '../../packages/server/src/storage/postgres/connections.ts'
import { postgresFigures } from '../../packages/server/src/storage/postgres/figures.ts'
import { Hosts } from '../../packages/server/src/storage/postgres/hosts.ts'
import { PostgresNodeMessages } from '../../packages/server/src/storage/postgres/postgres-node-messages.ts'
import { ReplicaReads } from '../../packages/server/src/storage/postgres/replica-reads.ts'
import { testOptions } from '../../packages/server/src/storage/postgres/testing.ts'
import { TestServer } from '../../packages/server/src/testing/test-server.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** Names of metrics in a text, without what Prometheus appends to those of histograms. */
function metricsIn(text: string): ReadonlySet<string> {
  const names = text.match(/\b(?:senio|nodejs|process)_[a-z0-9_]+/g) ?? []
  return new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/, '')))
}

/** What a node tells of its PostgreSQL: none is needed for the names. */
function namesOfPostgres(): readonly string[] {
  const options = testOptions('postgres://nobody@127.0.0.1:1/none')
  const connections = new Connections(options)
  const messages = new PostgresNodeMessages({}, new Hosts(options.url))
  const replica = new ReplicaReads(connections, connections)
  return postgresFigures(connections, messages, replica).map(({ name }) => name)
}

let server: TestServer
let served: ReadonlySet<string>

beforeAll(async () => {
  server = await TestServer.start()
  const { body } = await server.app.inject('/metrics')
  const ofAll = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '')
  served = new Set([...ofAll, ...namesOfPostgres()])
})
afterAll(() => server.stop())

describe('docs/operations.md', () => {
  test('names every metric of Senio, and none that there isn’t', () => {
    const named = metricsIn(read('docs/operations.md'))
    expect([...named].filter((name) => !served.has(name))).toStrictEqual([])
    expect([...served].filter((name) => name.startsWith('senio_') && !named.has(name))).toStrictEqual([])
  })

  test('has something to do for each alert that says that something is wrong', () => {
    const rules = read('deploy/prometheus/alerts.yaml')
    const alerts = rules.match(/^ {6}- alert: \w+$/gm) ?? []
    expect(alerts.length).toBeGreaterThan(8)
    expect([...metricsIn(rules)].filter((name) => !served.has(name))).toStrictEqual([])
  })
})
