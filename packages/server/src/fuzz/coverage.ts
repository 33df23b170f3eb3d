import { type Profiler, Session } from 'node:inspector'

/** Tells which places of some modules were run since it was last asked, and about how often. */
export class Coverage {
  readonly #session = new Session()
  readonly #modules: readonly string[]

  constructor(modules: readonly string[]) {
    this.#modules = modules
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** A word for each place and magnitude of its count. What it takes grows with all code that is loaded. */
  take(): readonly string[] {
    const places: string[] = []
    for (const { url, scriptId, functions } of this.#scripts()) {
      if (!this.#modules.some((module) => url.includes(module))) continue
      for (const { ranges } of functions) {
        for (const { startOffset, count } of ranges) {
          // That a block was passed by counts, too: V8 says nothing of what was run as often as what is around it.
          places.push(`${scriptId}:${startOffset}:${magnitude(count)}`)
        }
      }
    }
    return places
  }

  close(): void {
    this.#session.post('Profiler.stopPreciseCoverage')
    this.#session.disconnect()
  }

  #scripts(): readonly Profiler.ScriptCoverage[] {
    let scripts: readonly Profiler.ScriptCoverage[] = []
    // Within one thread the answer comes before `post` returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error !== null) throw error
      scripts = result
    })
    return scripts
  }
}

/** 0, 1, 2, 3 to 4, 5 to 8, …: once more of much is nothing new. */
function magnitude(count: number): number {
  return count === 0 ? 0 : 1 + Math.min(8, Math.ceil(Math.log2(count)))
}
