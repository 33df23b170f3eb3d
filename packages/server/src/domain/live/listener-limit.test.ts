import { expect, it } from 'vitest'
import type { AccountId } from '../../storage/account-store.ts'
import { ListenerLimit } from './listener-limit.ts'

const ada = 1 as AccountId
const bob = 2 as AccountId

it('lets so many listen at once for one account, whoever listens for others', () => {
  const limit = new ListenerLimit(2)
  limit.enter(ada)
  limit.enter(ada)
  expect(() => limit.enter(ada)).toThrow(expect.objectContaining({ code: 'rate-limited', retryAfter: 10 }))
  limit.enter(bob)
})

it('lets another listen when one has gone, and counts each once', () => {
  const limit = new ListenerLimit(2)
  const leave = limit.enter(ada)
  limit.enter(ada)
  leave()
  leave()
  limit.enter(ada)
  expect(() => limit.enter(ada)).toThrow('At most 2')
})
