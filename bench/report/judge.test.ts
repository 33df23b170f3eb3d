import { describe, expect, it } from 'vitest'
import { Figures } from './figures.ts'
import { judge } from './judge.ts'

const AGAINST_INFLUXDB = {
  measure: 'single-64',
  bound: 'at least',
  factor: 1.5,
  reference: { subject: 'influxdb' },
} as const

function figuresOf(rounds: Partial<Record<'senio' | 'influxdb' | 'victoria-metrics', number[]>>): Figures {
  const figures = new Figures()
  for (const subject of ['senio', 'influxdb', 'victoria-metrics'] as const) {
    for (const figure of rounds[subject] ?? []) {
      figures.add('single-64', subject, figure)
      figures.add('raw', subject, figure)
    }
  }
  return figures
}

describe('judge', () => {
  it('takes the median of the ratios of the rounds, not the ratio of the medians', () => {
    const verdict = judge(AGAINST_INFLUXDB, figuresOf({ senio: [10, 40, 90], influxdb: [10, 20, 30] }))
    expect(verdict).toMatchObject({ ratio: 2, least: 1, greatest: 3, isMet: true, against: 'influxdb' })
  })

  it('says when a goal is missed', () => {
    const verdict = judge(AGAINST_INFLUXDB, figuresOf({ senio: [14], influxdb: [10] }))
    expect(verdict).toMatchObject({ ratio: 1.4, isMet: false })
  })

  it('gives no verdict when either side was not measured', () => {
    expect(judge(AGAINST_INFLUXDB, figuresOf({ senio: [14] }))).toBeNull()
    expect(judge(AGAINST_INFLUXDB, figuresOf({ influxdb: [14] }))).toBeNull()
  })

  it('holds a time against the quickest of several', () => {
    const goal = {
      measure: 'raw',
      bound: 'at most',
      factor: 1,
      reference: { bestOf: ['influxdb', 'victoria-metrics'] },
    } as const
    const figures = figuresOf({ senio: [2], influxdb: [4], 'victoria-metrics': [1] })
    expect(judge(goal, figures)).toMatchObject({ against: 'victoria-metrics', ratio: 2, isMet: false })
    expect(judge(goal, figuresOf({ senio: [2], influxdb: [4] }))).toMatchObject({
      against: 'influxdb',
      isMet: true,
    })
  })

  it('holds a figure against another measure of Senio, or against a fixed one', () => {
    const figures = figuresOf({ senio: [30] })
    figures.add('year', 'senio', 20)
    const own = { measure: 'raw', bound: 'at most', factor: 1.5, reference: { measure: 'year' } } as const
    const fixed = { measure: 'raw', bound: 'at most', factor: 1, reference: { figure: 25 } } as const
    expect(judge(own, figures)).toMatchObject({ ratio: 1.5, isMet: true, against: null })
    expect(judge(fixed, figures)).toMatchObject({ ratio: 1.2, isMet: false })
  })
})
