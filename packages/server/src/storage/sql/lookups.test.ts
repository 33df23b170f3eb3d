import { expect, test } from 'vitest'
import { Lookups } from './lookups.ts'

function asked() {
  const questions: (readonly string[])[] = []
  const answers: PromiseWithResolvers<ReadonlyMap<string, string>>[] = []
  const lookups = new Lookups<string>((keys) => {
    questions.push(keys)
    const answer = Promise.withResolvers<ReadonlyMap<string, string>>()
    answers.push(answer)
    return answer.promise
  })
  return { lookups, questions, answers }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

test('keys that come together, and those that come while a question is under way, are asked for at once', async () => {
  const { lookups, questions, answers } = asked()
  const first = ['a', 'b', 'a'].map((key) => lookups.find(key))
  await turn()
  expect(questions).toStrictEqual([['a', 'b']])
  const later = ['a', 'c', 'd'].map((key) => lookups.find(key))
  await turn()
  expect(questions).toHaveLength(1)
  answers[0]?.resolve(new Map([['a', '1']]))
  expect(await Promise.all(first)).toStrictEqual(['1', null, '1'])
  await turn()
  expect(questions[1]).toStrictEqual(['a', 'c', 'd'])
  answers[1]?.resolve(new Map([['c', '3']]))
  expect(await Promise.all(later)).toStrictEqual([null, '3', null])
})

test('a question that fails is the failure of those who asked it alone', async () => {
  const { lookups, answers } = asked()
  const first = lookups.find('a')
  await turn()
  const second = lookups.find('b')
  answers[0]?.reject(new Error('no answer'))
  await expect(first).rejects.toThrow('no answer')
  await turn()
  answers[1]?.resolve(new Map([['b', '2']]))
  expect(await second).toBe('2')
})

test('a crowd is asked for in parts', async () => {
  const questions: number[] = []
  const lookups = new Lookups<string>((keys) => {
    questions.push(keys.length)
    return Promise.resolve(new Map(keys.map((key) => [key, key])))
  })
  const keys = Array.from({ length: 2500 }, (_, index) => String(index))
  expect(await Promise.all(keys.map((key) => lookups.find(key)))).toStrictEqual(keys)
  expect(questions).toStrictEqual([1000, 1000, 500])
})
