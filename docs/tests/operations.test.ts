import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
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

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels?: { readonly severity?: string }
  readonly annotations?: { readonly summary?: string }
}

function alertsOf(rules: string): readonly Alert[] {
  const { groups } = parse(rules) as { readonly groups: readonly { readonly rules: readonly Alert[] }[] }
  return groups.flatMap((group) => group.rules)
}

/** What a node tells of its PostgreSQL: none is needed for the names. */
function namesOfPostgres(): readonly string[] {
  const options = testOptions('postgres://nobody@127.0.0.1:1/none')
  const connections = new Connections(options)
  const messages = new PostgresNodeMessages({ config: {}, settings: '' }, new Hosts(options.url))
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
    // Addresses of headings run names together.
    const named = metricsIn(read('docs/operations.md').replaceAll(/\(#[^)]*\)/g, ''))
    expect([...named].filter((name) => !served.has(name))).toStrictEqual([])
    expect([...served].filter((name) => name.startsWith('senio_') && !named.has(name))).toStrictEqual([])
  })

  test('has something to do for each alert, with its severity, and for no other', () => {
    const rows = [...read('docs/operations.md').matchAll(/^\| `(Senio\w+)` +\| (\w+) +\| (.+?) +\|$/gm)]
    const documented = rows.map(([, name, severity]) => [name, severity])
    const alerts = alertsOf(read('deploy/prometheus/alerts.yaml'))
    expect(alerts.length).toBeGreaterThan(15)
    expect(documented).toStrictEqual(alerts.map(({ alert, labels }) => [alert, labels?.severity]))
    expect(rows.filter(([, , , remedy = '']) => remedy.length < 10)).toStrictEqual([])
  })
})

describe('the alert rules', () => {
  const alerts = alertsOf(read('deploy/prometheus/alerts.yaml'))

  test.each(alerts.map((alert) => [alert.alert, alert] as const))(
    '%s asks for metrics that there are, and says what is wrong',
    (_, { expr, for: duration = '0s', labels, annotations, ...rest }) => {
      const asked = metricsIn(expr)
      if (!/\bup\{/.test(expr)) expect(asked.size).toBeGreaterThan(0)
      expect([...asked].filter((name) => !served.has(name))).toStrictEqual([])
      expect(duration).toMatch(/^\d+[smhd]$/)
      expect(['critical', 'warning']).toContain(labels?.severity)
      expect(annotations?.summary).toMatch(/^.{15,}\.$/)
      expect(Object.keys(rest)).toStrictEqual(['alert'])
    },
  )

  test('tell that Senio, its metrics or the scrub are not there', () => {
    const absent = alerts.filter(({ expr }) => /absent\(|unless/.test(expr)).map(({ alert }) => alert)
    expect(absent).toStrictEqual(['SenioAbsent', 'SenioMetricMissing', 'SenioScrubAbsent'])
  })
})
