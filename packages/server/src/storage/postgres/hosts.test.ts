import { expect, test } from 'vitest'
import { Hosts } from './hosts.ts'

function urlsOf(url: string): readonly string[] {
  const hosts = new Hosts(url)
  return Array.from({ length: hosts.count }, () => {
    const now = hosts.url
    hosts.goOn(now)
    return now
  })
}

test.each([
  ['postgres://u:p@one/db', ['postgres://u:p@one/db']],
  ['postgresql://one:5433', ['postgresql://one:5433']],
  [
    'postgres://u:p%40@one:1,two:2,[::1]:3/db?sslmode=require',
    [
      'postgres://u:p%40@one:1/db?sslmode=require',
      'postgres://u:p%40@two:2/db?sslmode=require',
      'postgres://u:p%40@[::1]:3/db?sslmode=require',
    ],
  ],
  [
    'postgres://one,two/db?target_session_attrs=read-write&sslmode=require',
    ['postgres://one/db?sslmode=require', 'postgres://two/db?sslmode=require'],
  ],
  ['postgres:///db?host=/var/run/postgresql', ['postgres:///db?host=/var/run/postgresql']],
])('%s names these servers', (url, urls) => {
  expect(urlsOf(url)).toStrictEqual(urls)
})

test('several that failed at the same host go on once', () => {
  const hosts = new Hosts('postgres://one,two,three/db')
  const failed = hosts.url
  hosts.goOn(failed)
  hosts.goOn(failed)
  expect(hosts.url).toBe('postgres://two/db')
})
