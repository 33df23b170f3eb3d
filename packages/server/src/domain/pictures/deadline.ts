import type { DurationMs, SenioError } from '@senio/protocol'

/** What the promise gives, or the error when that takes longer; the work goes on nevertheless. */
export async function deadline<Result>(
  work: Promise<Result>,
  patience: DurationMs,
  tooLate: () => SenioError,
): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(tooLate()), patience)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
