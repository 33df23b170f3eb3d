import { expect, it } from 'vitest'
import { loadConfig } from './config.ts'

const parse = (url: string) => loadConfig({ blobUrl: url }, {}).blobUrl

it('takes a bucket of Amazon by its region alone', () => {
  expect(parse('s3://pictures?region=eu-central-1')).toStrictEqual({
    bucket: 'pictures',
    prefix: '',
    region: 'eu-central-1',
    endpoint: new URL('https://s3.eu-central-1.amazonaws.com'),
  })
})

it('takes a part of a bucket of any other store, spelled as it is or escaped', () => {
  const expected = {
    bucket: 'pictures',
    prefix: 'farm/north/',
    region: 'us-east-1',
    endpoint: new URL('http://127.0.0.1:9000'),
  }
  expect(parse('s3://pictures/farm/north/?endpoint=http://127.0.0.1:9000')).toStrictEqual(expected)
  expect(parse('s3://pictures/farm/north?endpoint=http%3A%2F%2F127.0.0.1%3A9000')).toStrictEqual(expected)
})

it('is absent by default', () => {
  expect(loadConfig({}, {}).blobUrl).toBeUndefined()
})

it.each([
  ['/var/pictures', 'does not begin with s3://'],
  ['https://pictures', 'another scheme'],
  ['s3://?region=x', 'no bucket'],
  ['s3://p?region=x', 'a name that no bucket has'],
  ['s3://pictures?endpoint=ftp://x', 'an endpoint that is no web address'],
  ['s3://pictures?endpoint=http://hidden:hidden@x', 'keys in the endpoint'],
  ['s3://hidden:hidden@pictures', 'keys'],
  ['s3://pictures?secret=hidden', 'an unknown parameter'],
  ['s3://pictures/a%20b', 'a strange prefix'],
])('refuses %s: %s, and does not repeat it', (url) => {
  expect(() => parse(url)).toThrow('--blob-url: what it holds')
  expect(() => parse(url)).not.toThrow('hidden')
})

it('takes the names of variables that other programs use, after its own', () => {
  const aws = { AWS_ACCESS_KEY_ID: 'theirs', AWS_SECRET_ACCESS_KEY: 'secret' }
  expect(loadConfig({}, aws)).toMatchObject({ s3AccessKey: 'theirs', s3SecretKey: 'secret' })
  expect(loadConfig({}, { ...aws, SENIO_S3_ACCESS_KEY: 'ours' }).s3AccessKey).toBe('ours')
})
