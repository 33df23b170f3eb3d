import { describe, expect, it } from 'vitest'
import { HELP, parseOptions } from './options.ts'
import { topics } from './measures/catalogue.ts'

describe('parseOptions', () => {
  it('measures everything by default, less of it when it has to be quick', () => {
    const full = parseOptions([])
    const quick = parseOptions(['--quick'])
    expect([...full.topics]).toEqual(Object.keys(topics))
    expect(quick.topics).toEqual(full.topics)
    expect(quick.extent.rounds).toBeLessThan(full.extent.rounds)
    expect(quick.extent.days).toBeLessThan(full.extent.days)
  })

  it('takes a list of topics, a delay and files', () => {
    const options = parseOptions([
      '--only',
      'raw, disk',
      '--fsync-delay=2.5',
      '--json',
      'a.json',
      '--rounds',
      '3',
    ])
    expect([...options.topics]).toEqual(['raw', 'disk'])
    expect(options).toMatchObject({ fsyncDelay: 2.5, json: 'a.json', markdown: null, extent: { rounds: 3 } })
  })

  it.each([
    [['--only', 'nothing'], '--only knows no "nothing"'],
    [['--fsync-delay', 'slow'], '--fsync-delay takes a number from 0 to 1000'],
    [['--rounds', '0'], '--rounds takes a number from 1 to 100'],
    [['--what'], '--what'],
  ])('refuses %j in plain words', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message)
  })

  it('documents every topic', () => {
    for (const name of Object.keys(topics)) expect(HELP).toContain(` ${name} `)
  })
})
