import type { SqliteFailure } from '../failures.ts'

/** A job that is done at once. */
type QuickJob<Input, Output> = (input: Input) => Output

/** A job that pauses at each `yield`, so that quick ones come in between. */
type LongJob<Input, Output> = (input: Input) => Generator<void, Output, void>

/** What a thread can do, by name. `never` as input admits any job; callers see each job's own type. */
export type QuickJobs = Readonly<Record<string, QuickJob<never, unknown>>>
export type LongJobs = Readonly<Record<string, LongJob<never, unknown>>>
export type Jobs = QuickJobs | LongJobs

export type JobInput<J extends Jobs, Name extends keyof J> = J[Name] extends (input: infer Input) => unknown
  ? Input
  : never

export type JobOutput<J extends Jobs, Name extends keyof J> = J[Name] extends (input: never) => infer Output
  ? Output extends Generator<void, infer Returned, void>
    ? Returned
    : Output
  : never

/** From the main thread. `id` pairs it with its answer. */
export interface JobMessage {
  readonly id: number
  readonly job: string
  readonly input: unknown
}

/** To the main thread. */
export type AnswerMessage =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: SqliteFailure }
