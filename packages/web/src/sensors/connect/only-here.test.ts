import { expect, it } from 'vitest'
import { isOnlyHere } from './only-here.ts'

it.each(['http://localhost:8080/publish/a', 'http://127.0.0.1/publish/a', 'http://[::1]:8080/publish/a'])(
  '%s is of use on the same machine only',
  (url) => {
    expect(isOnlyHere(url)).toBe(true)
  },
)

it.each([
  'http://raspberrypi.local:8080/publish/localhost',
  'https://senio.example/publish/a',
  'http://10.0.0.5/',
])('%s can be reached from elsewhere', (url) => {
  expect(isOnlyHere(url)).toBe(false)
})
