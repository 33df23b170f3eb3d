import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from '../../packages/server/src/testing/test-server.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** Names of metrics in a text, without what Prometheus appends to those of histograms. */
function metricsIn(text: string): ReadonlySet<string> {
  const names = text.match(/\b(?:senio|nodejs|process)_[a-z0-9_]+/g) ?? []
  return new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/, '')))
}

let server: TestServer
let served: ReadonlySet<string>

beforeAll(async () => {
  server = await TestServer.start()
  const { body } = await server.app.inject('/metrics')
  served = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''))
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
