import { expect, it } from 'vitest'
import { acceptanceOf } from './accept.ts'

const named = (quality: number) => ({ quality, isNamed: true })
const oneOfAll = (quality: number) => ({ quality, isNamed: false })

it.each([
  [undefined, oneOfAll(1)],
  ['', oneOfAll(1)],
  ['*/*', oneOfAll(1)],
  ['text/html', named(1)],
  ['text/*', named(1)],
  ['Text/HTML; charset=utf-8; Q=0.5', named(0.5)],
  ['application/json', oneOfAll(0)],
  ['application/json, */*;q=0.1', oneOfAll(0.1)],
  ['text/html;q=0, */*', named(0)],
  ['text/*;q=0.2, text/html;q=0.7, */*', named(0.7)],
  ['image/avif,image/webp,*/*;q=0.8', oneOfAll(0.8)],
  ['text/html;q=lots', named(1)],
])('%j', (accept, acceptance) => {
  expect(acceptanceOf('text/html', accept)).toStrictEqual(acceptance)
})
