import { expect, it } from 'vitest'
import { loadConfig } from './config.ts'

it('takes a flag before the environment before the default', () => {
  const environment = { SENIO_PORT: '9000', SENIO_HOST: '127.0.0.1' }
  const { port, host, dataDir } = loadConfig({ port: '9100' }, environment)
  expect({ port, host, dataDir }).toEqual({ port: 9100, host: '127.0.0.1', dataDir: './data' })
})

it('takes an empty variable for an absent one', () => {
  expect(loadConfig({}, { SENIO_PORT: '' }).port).toBe(8080)
})

it.each([
  ['SENIO_PORT', 'eighty'],
  ['SENIO_PORT', '65536'],
  ['SENIO_MAX_IMAGE_BYTES', '-1'],
  ['SENIO_PUBLIC_URL', 'ftp://example.org'],
  ['SENIO_LOG_LEVEL', 'loud'],
  ['SENIO_TRUST_PROXY', 'proxy.example.org'],
])('refuses %s=%s and says where it came from', (name, value) => {
  expect(() => loadConfig({}, { [name]: value })).toThrow(name)
})

it('drops slashes at the end of the public URL', () => {
  expect(loadConfig({}, { SENIO_PUBLIC_URL: 'https://example.org/senio/' }).publicUrl).toBe(
    'https://example.org/senio',
  )
})

it.each(['SENIO_S3_SESSION_TOKEN', 'AWS_SESSION_TOKEN', 'SENIO_S3_SESSION_TOKEN_FILE'])(
  'makes no links to the bucket that would hold %s',
  (name) => {
    const token = { [name]: 'canary' }
    const load = (): unknown => loadConfig({ blobRedirect: '60' }, token)
    expect(load).toThrow(/session token[^]*Leave out --blob-redirect/)
    expect(load).not.toThrow('canary')
  },
)
