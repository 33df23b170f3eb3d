import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from './context.ts'
import type { LoadGenerator } from './load/load-generator.ts'
import { memoryOf, processorTimeOf } from './machine/process-tree.ts'
import type { MeasureName, SubjectName, Topic } from './measures/catalogue.ts'
import type { Program } from './processes/program.ts'
import type { Figures } from './report/figures.ts'

/** How much is measured. */
export interface Extent {
  /** Times that each program has its turn. */
  readonly rounds: number
  /** Of each turn. */
  readonly seconds: number
  /** Days of minutes that queries find. */
  readonly days: number
}

/** A program under test, as far as all of them are alike. */
export interface Subject {
  readonly name: SubjectName
  readonly version: string
  /** What was set that isn't a default, or matters for a fair comparison. */
  readonly settings: string
  readonly program: Program
}

export interface SubjectFacts {
  readonly version: string
  readonly settings: string
}

/** What measures use to do their work and to put down what they found. */
export class Run {
  readonly bench: Bench
  readonly load: LoadGenerator
  readonly extent: Extent
  readonly figures: Figures
  readonly facts = new Map<SubjectName, SubjectFacts>()
  /** Why a program wasn't measured. */
  readonly leftOut = new Map<SubjectName, string>()
  readonly #topics: ReadonlySet<Topic>

  constructor(
    bench: Bench,
    given: {
      readonly load: LoadGenerator
      readonly extent: Extent
      readonly figures: Figures
      readonly topics: ReadonlySet<Topic>
    },
  ) {
    this.bench = bench
    this.load = given.load
    this.extent = given.extent
    this.figures = given.figures
    this.#topics = given.topics
  }

  wants(...topics: readonly Topic[]): boolean {
    return topics.some((topic) => this.#topics.has(topic))
  }

  /** Notes what a program is. */
  introduce<Kind extends Subject>(subject: Kind): Kind {
    this.facts.set(subject.name, { version: subject.version, settings: subject.settings })
    return subject
  }

  /** Starts a peer; null, with the reason in the report, when that's not possible here. */
  async tryPeer<Kind extends Subject>(name: SubjectName, start: () => Promise<Kind>): Promise<Kind | null> {
    try {
      return this.introduce(await start())
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.bench.say(`${name} is left out: ${reason}`)
      this.leftOut.set(name, reason.split('\n').slice(0, 3).join(' '))
      return null
    }
  }

  /**
   * Gives each program its turn in every round, each round beginning with another one.
   * @param turn one measurement; its figure goes under the measure
   */
  async alternate<Kind extends { readonly name: SubjectName }>(
    measure: MeasureName,
    subjects: readonly Kind[],
    turn: (subject: Kind, seconds: number) => Promise<number>,
  ): Promise<void> {
    for (const subject of subjects) await turn(subject, Math.min(1, this.extent.seconds / 4))
    for (let round = 0; round < this.extent.rounds; round++) {
      for (let index = 0; index < subjects.length; index++) {
        const subject = subjects[(round + index) % subjects.length]
        if (subject === undefined) continue
        const figure = await turn(subject, this.extent.seconds)
        this.figures.add(measure, subject.name, figure)
        this.bench.say(`  ${measure}, round ${round + 1}: ${subject.name} ${figure.toPrecision(4)}`)
      }
    }
  }

  /** Puts down the memory of each program. */
  noteMemory(measure: MeasureName, subjects: readonly Subject[]): void {
    for (const { name, program } of subjects) {
      const bytes = memoryOf(program.processes)
      if (!Number.isNaN(bytes)) this.figures.add(measure, name, bytes / 1e6)
    }
  }

  /** Waits until the programs have nothing left to do in the background, a minute at most. */
  async settle(subjects: readonly Subject[]): Promise<void> {
    const processes = subjects.flatMap(({ program }) => program.processes)
    for (let waited = 0; waited < 60; waited++) {
      const before = processorTimeOf(processes)
      await sleep(1000)
      if (processorTimeOf(processes) - before < 50) return
    }
  }
}
