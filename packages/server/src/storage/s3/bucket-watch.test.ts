import { SenioError } from '@senio/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { BucketWatch } from './bucket-watch.ts'

const gone = new SenioError('storage-failing', 'It cannot be reached.')
const wrong = new SenioError('parameter-invalid', 'The keys are wrong.')

afterEach(() => vi.useRealTimers())

/** A bucket that answers as `answer` says. */
function watched() {
  vi.useFakeTimers()
  const bucket = { answer: null as SenioError | null, looks: 0 }
  const changes: (SenioError | null)[] = []
  const watch = new BucketWatch({
    look: async () => {
      bucket.looks++
      if (bucket.answer !== null) throw bucket.answer
    },
    explain: (error) => error as SenioError,
    onChange: (failure) => changes.push(failure),
    pause: 5000,
  })
  return { bucket, watch, changes }
}

test('tells once that a bucket is gone, and once that it is back', async () => {
  const { bucket, watch, changes } = watched()
  await watch.look()
  expect(changes).toStrictEqual([])
  bucket.answer = gone
  watch.suspect()
  watch.suspect()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(changes).toStrictEqual([gone])
  expect(watch.failure).toBe(gone)
  bucket.answer = null
  await vi.advanceTimersByTimeAsync(5000)
  expect(changes).toStrictEqual([gone, null])
  expect(watch.failure).toBeNull()
})

test('tells when what is wrong becomes something else', async () => {
  const { bucket, watch, changes } = watched()
  bucket.answer = gone
  await watch.look()
  bucket.answer = wrong
  await vi.advanceTimersByTimeAsync(5000)
  expect(changes).toStrictEqual([gone, wrong])
})

test('believes the bucket and not the request that failed', async () => {
  const { bucket, watch, changes } = watched()
  watch.suspect()
  await watch.look()
  expect(bucket.looks).toBe(1)
  expect(changes).toStrictEqual([])
})

test.each(['nothing', 'now and then something'])(
  'takes no notice of a look that began before something was answered, but of the next one, when %s is answered then',
  async (then) => {
    vi.useFakeTimers()
    const answers: PromiseWithResolvers<void>[] = []
    const changes: (SenioError | null)[] = []
    const watch = new BucketWatch({
      async look() {
        const answer = Promise.withResolvers<void>()
        answers.push(answer)
        await answer.promise
      },
      explain: (error) => error as SenioError,
      onChange: (failure) => changes.push(failure),
      pause: 5000,
    })
    watch.suspect()
    watch.answered()
    answers[0]?.reject(gone)
    await watch.look()
    expect(watch.failure).toBeNull()
    await vi.advanceTimersByTimeAsync(5000)
    if (then !== 'nothing') watch.answered()
    answers[1]?.reject(gone)
    await watch.look()
    expect(watch.failure).toBe(gone)
    expect(changes).toStrictEqual([gone])
  },
)

test('looks no more when it is closed', async () => {
  const { bucket, watch } = watched()
  bucket.answer = gone
  await watch.look()
  watch.close()
  watch.suspect()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(bucket.looks).toBe(1)
})
