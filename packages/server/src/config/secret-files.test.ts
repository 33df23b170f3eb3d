import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveOptions } from '../cli/options.ts'
import { settings } from './settings.ts'

const URL = 'postgres://senio:canary@db/senio'
let directory: string
let file: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-secret-files-'))
  file = join(directory, 'url')
  await writeFile(file, `${URL}\n`)
})
afterAll(() => rm(directory, { recursive: true }))

const resolve = (flags: Record<string, string>, environment: Record<string, string> = {}) =>
  resolveOptions(settings, flags, environment)

it('hold the addresses of databases, and the token of the metrics', async () => {
  expect(resolve({ databaseUrlFile: file }).databaseUrl).toBe(URL)
  expect(resolve({}, { SENIO_DATABASE_URL_FILE: file }).databaseUrl).toBe(URL)
  expect(resolve({ databaseReplicaUrlFile: file }).databaseReplicaUrl).toBe(URL)
  expect(resolve({ s3SessionTokenFile: file }).s3SessionToken).toBe(URL)
  const token = join(directory, 'token')
  await writeFile(token, 'a token of some length\r\n')
  expect(resolve({ metricsTokenFile: token }).metricsToken).toBe('a token of some length')
})

it('win over a value from where they are named, and not over a flag', () => {
  const other = 'postgres://senio@other/senio'
  const named = { SENIO_DATABASE_URL_FILE: file }
  expect(resolve({}, { ...named, SENIO_DATABASE_URL: other }).databaseUrl).toBe(URL)
  expect(resolve({ databaseUrlFile: file }, { SENIO_DATABASE_URL: other }).databaseUrl).toBe(URL)
  expect(resolve({ databaseUrl: other }, named).databaseUrl).toBe(other)
})

it('are held to the same rules as the value, and not told', async () => {
  const wrong = join(directory, 'wrong')
  await writeFile(wrong, 'mysql://senio:canary@db')
  expect(() => resolve({ databaseUrlFile: wrong })).toThrow(/--database-url-file: what .*wrong holds is not/)
  expect(() => resolve({ databaseUrlFile: wrong })).not.toThrow(/canary/)
  expect(() => resolve({ metricsTokenFile: join(directory, 'nothing') })).toThrow("can't be read")
})
