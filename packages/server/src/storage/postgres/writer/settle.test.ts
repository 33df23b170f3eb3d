import { SenioError } from '@senio/protocol'
import { expect, test } from 'vitest'
import { UnknownOutcome } from '../../unknown-outcome.ts'
import type { AppendCall } from './append-call.ts'
import { AppendQueue } from './append-queue.ts'
import { type BatchResult, settle } from './settle.ts'

const call = (): AppendCall => ({ measurements: [], images: [] })
const away = new SenioError('storage-failing', 'It is away.')
const quick = { patience: 200, pauses: { first: 1, longest: 5 } }

/** Gives these results one after the other, the last one for ever; an error as a rejection. */
function answering(...answers: readonly (BatchResult | Error)[]) {
  const asked: (readonly AppendCall[])[] = []
  const apply = async (calls: readonly AppendCall[]): Promise<BatchResult> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(calls)
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError('No answer was given.')
    return answer
  }
  return { apply, asked }
}

test('what can be stored again after a while is stored', async () => {
  const { apply, asked } = answering(away, new UnknownOutcome(null), [null, null])
  expect(await settle(apply, [call(), call()], quick)).toStrictEqual([null, null])
  expect(asked).toHaveLength(3)
})

test('each call gets its own answer, and only those without one are tried again', async () => {
  const gone = new SenioError('not-found', 'The sensor was deleted.')
  const [stored, refused, late] = [call(), call(), call()]
  const { apply, asked } = answering([null, gone, away], [null])
  expect(await settle(apply, [stored, refused, late], quick)).toStrictEqual([null, gone, null])
  expect(asked[1]).toStrictEqual([late])
})

test('what can’t be found out in time stays unknown, with what was in the way', async () => {
  const { apply } = answering(away)
  const [result] = await settle(apply, [call()], quick)
  expect(result).toBeInstanceOf(UnknownOutcome)
  expect(result).toMatchObject({ cause: away })
})

test('a commit without an answer holds up nobody who comes after it, and closing waits for its answer', async () => {
  const answers: (BatchResult | Error)[] = [new UnknownOutcome(null), [null], [null]]
  const queue = new AppendQueue(async () => {
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError('No answer was given.')
    return answer
  })
  const events: string[] = []
  const first = queue.append(call()).then(() => events.push('first'))
  await new Promise((resolve) => setImmediate(resolve))
  const second = queue.append(call()).then(() => events.push('second'))
  await second
  expect(queue.load().calls).toBe(1)
  await queue.close()
  expect(events).toStrictEqual(['second', 'first'])
  await first
  expect(queue.load()).toMatchObject({ calls: 0, bytes: 0 })
})
