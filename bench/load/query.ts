import { httpTemplate } from './http-request.ts'
import type { LoadJob } from './job.ts'
import type { RequestTemplate } from './template.ts'

/** `[from, to)`, ms since the epoch. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A question to a program under test. */
export interface Query {
  readonly template: RequestTemplate
  /** Asks once and counts the points of one field in the answer; null where nobody can tell. */
  readonly points: (() => Promise<number>) | null
}

/** @param how.points counts the points of one field in a body */
export function httpQuery(
  port: number,
  path: string,
  how: { readonly points: (body: string) => number; readonly headers?: Readonly<Record<string, string>> },
): Query {
  const { headers = {} } = how
  return {
    template: httpTemplate({ method: 'GET', path, headers }),
    points: async () => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
      const body = await response.text()
      if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}: ${body.slice(0, 300)}`)
      return how.points(body)
    },
  }
}

/** A job that asks the questions in turn. */
export function queryJob(
  subject: { readonly port: number; readonly protocol?: LoadJob['protocol'] },
  queries: readonly Query[],
  how: { readonly connections: number; readonly seconds: number },
): LoadJob {
  return {
    protocol: subject.protocol ?? 'http',
    port: subject.port,
    connections: how.connections,
    templates: queries.map(({ template }) => template),
    times: { first: 0, step: 1 },
    firstNumber: 0,
    limit: { seconds: how.seconds },
  }
}
