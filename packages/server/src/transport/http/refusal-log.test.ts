import type { IncomingMessage } from 'node:http'
import { type ErrorCode, SenioError } from '@senio/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RefusalLog } from './refusal-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Line = Readonly<Record<string, unknown>>

function refusalLog(level = 'info') {
  const lines: Line[] = []
  const write = (line: string): void => void lines.push(JSON.parse(line) as Line)
  const log = pino({ base: null, level }, { write })
  let client = '192.0.2.1'
  const refusals = new RefusalLog(log, () => client)
  const request = { method: 'POST' } as IncomingMessage
  return {
    lines,
    more: () => lines.filter(({ event }) => event === 'refused-more'),
    refuse: (code: ErrorCode, from: string, times = 1): void => {
      client = from
      const refusal = new SenioError(code, 'No.')
      for (let i = 0; i < times; i++) refusals.ofPublish(refusal, request, '/publish/:name', () => log)
    },
  }
}

describe('refusals', () => {
  it('have ten lines a minute for each client and code, and one that says how many more there were', () => {
    const { lines, more, refuse } = refusalLog()
    refuse('key-refused', '192.0.2.1', 5000)
    refuse('key-refused', '192.0.2.2')
    refuse('rate-limited', '192.0.2.1', 11)
    expect(lines).toHaveLength(21)
    expect(lines[0]).toMatchObject({
      level: 30,
      event: 'refused',
      code: 'key-refused',
      method: 'POST',
      route: '/publish/:name',
      client: '192.0.2.1',
    })
    vi.advanceTimersByTime(60_000)
    expect(more()).toMatchObject([
      { code: 'key-refused', client: '192.0.2.1', count: 4990, seconds: 60 },
      { code: 'rate-limited', client: '192.0.2.1', count: 1, seconds: 60 },
    ])
    refuse('key-refused', '192.0.2.1')
    expect(lines.at(-1)).toMatchObject({ event: 'refused', client: '192.0.2.1' })
    vi.advanceTimersByTime(60_000)
    expect(more()).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of a crowd of clients fill neither the disk nor the memory', () => {
    const { lines, more, refuse } = refusalLog()
    for (let i = 0; i < 20_000; i++) refuse('key-refused', `10.0.${i >> 8}.${i & 255}`)
    for (let i = 0; i < 20_000; i++) refuse('not-signed-in', `10.1.${i >> 8}.${i & 255}`)
    expect(lines).toHaveLength(100)
    vi.advanceTimersByTime(60_000)
    expect(more()).toMatchObject([
      { code: 'key-refused', count: 19_900 },
      { code: 'not-signed-in', count: 20_000 },
    ])
    expect(more().every((line) => !('client' in line))).toBe(true)
  })

  it('count an IPv6 network as one client', () => {
    const { lines, more, refuse } = refusalLog()
    for (let i = 0; i < 50; i++) refuse('key-refused', `2001:db8:0:1::${i.toString(16)}`)
    expect(lines).toHaveLength(10)
    vi.advanceTimersByTime(60_000)
    expect(more()).toMatchObject([{ client: '2001:db8:0:1::/64', count: 40 }])
  })

  it('that are mistakes of devices have none', () => {
    const { lines, refuse } = refusalLog()
    for (const code of ['value-invalid', 'overloaded', 'storage-full'] as const) refuse(code, '192.0.2.1')
    expect(lines).toEqual([])
  })

  it('cost nothing at the default level', () => {
    const { refuse } = refusalLog('warn')
    refuse('key-refused', '192.0.2.1', 20)
    expect(vi.getTimerCount()).toBe(0)
  })
})
