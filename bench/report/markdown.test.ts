import { describe, expect, it } from 'vitest'
import { Figures } from './figures.ts'
import { toMarkdown } from './markdown.ts'
import { collect, type Report } from './report.ts'

const figures = new Figures()
for (const [senio, influxdb] of [
  [100, 100],
  [120, 100],
  [140, 100],
] as const) {
  figures.add('single-1', 'senio', senio)
  figures.add('single-1', 'influxdb', influxdb)
}
figures.add('disk', 'senio', 21.5)
figures.add('year', 'senio', 5)

const report: Report = {
  date: '2026-11-23T12:00:00.000Z',
  command: 'npm run bench',
  machine: {
    processor: 'Z80',
    cores: 1,
    memory: 2 ** 30,
    system: 'linux',
    node: 'v24',
    load: 3.2,
    fsync: 0.25,
  },
  fsyncDelay: 5,
  rounds: 3,
  seconds: 4,
  subjects: [
    { name: 'senio', title: 'Senio', version: '1', settings: 'as it comes' },
    { name: 'influxdb', title: 'InfluxDB', version: '1.6', settings: 'durable' },
  ],
  leftOut: [{ subject: 'nginx', reason: 'no network' }],
  ...collect(figures),
  failures: ['Pictures: the disk is full'],
}
const lines = toMarkdown(report).split('\n')
const row = (start: string): string | undefined => lines.find((line) => line.startsWith(`| ${start}`))

describe('toMarkdown', () => {
  it('has a row for each measure with a column for each program that was measured', () => {
    expect(row('Measure')).toMatch(/Measure +\| +Unit \| +Senio \| +InfluxDB \|$/)
    expect(row('One measurement a request, 1 connection')).toContain('120 (100–140) | 100 (100–100) |')
  })

  it('states a missed goal with its ratio and how near it came', () => {
    expect(lines.find((line) => line.includes('at least 1.3 × InfluxDB'))).toMatch(
      /1\.2 × \(1–1\.4\) \| \*\*missed\*\*, 92\.3 % of the goal \|/,
    )
  })

  it('states a fixed goal in its unit', () => {
    expect(lines.find((line) => line.includes('at most 25 bytes/value'))).toMatch(/ 21\.5 \| +met \|$/)
  })

  it('says which goals could not be held against anything', () => {
    expect(lines.find((line) => line.includes('at most 1 × VictoriaMetrics'))).toContain('not measured')
  })

  it('names the conditions, what was left out and what failed', () => {
    const text = lines.join('\n')
    expect(text).toContain('An fsync of 4 KiB takes 0.25 ms; each was slowed down by another 5 ms')
    expect(text).toContain('(load 3.2 when this began)')
    expect(text).toContain('**nginx** was left out: no network')
    expect(text).toContain('- Pictures: the disk is full')
  })
})
