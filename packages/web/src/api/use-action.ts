import { ProblemError } from '@senio/client'
import { useMutation } from '@tanstack/react-query'
import { problemText } from './problem-text.ts'

export interface Action<Input> {
  run(input: Input): void
  readonly pending: boolean
  /** What went wrong the last time, for people; undefined when nothing did. */
  readonly error: string | undefined
  /** The input that the problem is about; undefined when it is about none in particular. */
  readonly errorField: string | undefined
  /** Forgets the error. */
  reset(): void
}

/** A change on the server: whether it is under way, and what went wrong. */
export function useAction<Input, Answer>(
  change: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer, input: Input) => unknown,
): Action<Input> {
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: change, onSuccess: onDone })
  return {
    run: (input) => mutate(input),
    pending: isPending,
    error: error === null ? undefined : problemText(error),
    errorField: error instanceof ProblemError ? error.field : undefined,
    reset,
  }
}
