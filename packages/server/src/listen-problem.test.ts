import { SenioError } from '@senio/protocol'
import { expect, it } from 'vitest'
import { listenProblem } from './listen-problem.ts'

const CONFIG = { host: 'nohost.invalid', port: 80 }
const problemOf = (code: string) => listenProblem(Object.assign(new Error(code), { code }), CONFIG)

it.each([
  ['EADDRINUSE', 'port', 'Port 80 is in use'],
  ['EACCES', 'port', 'may not listen on port 80'],
  ['ENOTFOUND', 'host', '"nohost.invalid": no address is known'],
  ['EAI_AGAIN', 'host', '"nohost.invalid": no address is known'],
  ['EADDRNOTAVAIL', 'host', 'nohost.invalid: it is no address of this machine'],
])('says what is wrong, with which option, and what to do: %s', (code, field, words) => {
  const problem = problemOf(code)
  expect(problem).toBeInstanceOf(SenioError)
  expect(problem).toMatchObject({ code: 'parameter-invalid', field })
  expect((problem as SenioError).message).toContain(words)
  expect((problem as SenioError).message).toContain(`--${field}`)
})

it('leaves anything else as it is', () => {
  const other = new Error('other')
  expect(listenProblem(other, CONFIG)).toBe(other)
})
