import { expect, test } from 'vitest'
import { AwaitedSender } from './awaited-sender.ts'

function watched() {
  const told: string[] = []
  const sender = new AwaitedSender({
    wait: () => void told.push('wait'),
    goOn: () => void told.push('go on'),
  })
  return { told, sender }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who has sent more by the next turn of the event loop is not waited for', async () => {
  const { told, sender } = watched()
  sender.ask()
  await turn()
  sender.end()
  await turn()
  await turn()
  expect(told).toStrictEqual(['go on'])
})

test('who hasn’t is waited for until he has', async () => {
  const { told, sender } = watched()
  sender.ask()
  await turn()
  await turn()
  expect(told).toStrictEqual(['wait'])
  sender.end()
  expect(told).toStrictEqual(['wait', 'go on'])
})

test('each time is one of its own', async () => {
  const { told, sender } = watched()
  sender.ask()
  await turn()
  sender.end()
  sender.ask()
  await turn()
  expect(told).toStrictEqual(['go on'])
  await turn()
  expect(told).toStrictEqual(['go on', 'wait'])
})
