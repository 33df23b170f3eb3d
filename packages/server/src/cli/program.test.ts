import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commands } from './commands.ts'
import { testCli } from './testing/test-cli.ts'

test('help lists every command and tells the exit codes', async () => {
  const cli = await testCli()
  const { stdout, exitCode } = await cli.run('help')
  expect(exitCode).toBe(0)
  for (const { path } of commands) expect(stdout).toContain(path.split(' ')[0])
  expect(stdout).toContain('Exit codes: 0 done, 1 refused or failed, 2 wrong use.')
})

test.each(commands.map(({ path }) => path))(
  '"help %s" shows options with variables, and examples',
  async (path) => {
    const cli = await testCli()
    const { stdout, exitCode } = await cli.run('help', ...path.split(' '))
    expect(exitCode).toBe(0)
    const command = commands.find((candidate) => candidate.path === path)
    for (const { flag, isUnlisted = false } of Object.values(command?.options ?? {})) {
      // Of what is left out it says where to read about it.
      expect(stdout).toContain(isUnlisted ? `--${flag.split('-')[0]}-…` : `--${flag}`)
    }
    for (const [what] of command?.examples ?? []) expect(stdout).toContain(what)
    expect(stdout.match(/SENIO_[A-Z_]+/g)?.length).toBeGreaterThanOrEqual(
      Object.values(command?.options ?? {}).filter(({ isUnlisted = false }) => !isUnlisted).length,
    )
  },
)

test('wrong use ends with 2 and says what was wrong', async () => {
  const cli = await testCli()
  expect(await cli.run('frobnicate')).toMatchObject({
    exitCode: 2,
    stderr: "senio: unknown command 'frobnicate'\nHelp: senio help\n",
  })
  expect((await cli.run('sensor', 'create')).stderr).toContain('Help: senio help sensor create')
  expect(await cli.run('user', 'list', '--frobnicate')).toMatchObject({ exitCode: 2 })
  expect(await cli.run('help', 'frobnicate')).toMatchObject({ exitCode: 2 })
  const missing = await cli.run('sensor', 'create', 'rpi')
  expect(missing).toMatchObject({ exitCode: 2, stdout: '' })
  expect(missing.stderr).toContain('--owner is missing')
  expect(missing.stderr).toContain('SENIO_OWNER')
})

test('help for a misspelt command names the one that was meant', async () => {
  const cli = await testCli()
  expect((await cli.run('help', 'sensr')).stderr).toBe(
    'senio: there is no command "sensr"; did you mean "sensor"?\nHelp: senio help\n',
  )
  expect((await cli.run('help', 'sensor', 'lst')).stderr).toContain(
    'did you mean "list"?\nHelp: senio help sensor\n',
  )
  expect((await cli.run('help', 'frobnicate')).stderr).toContain('"senio help" lists them all')
})

test('a command without its second word shows its help and ends with 2', async () => {
  const cli = await testCli()
  const { exitCode, stdout, stderr } = await cli.run('user')
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('create [options]')
})

test('with --json errors are problem JSON on standard error, wrong use included', async () => {
  const cli = await testCli()
  const refused = await cli.run('user', 'list', '--json')
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.problem()).toMatchObject({ code: 'not-found' })
  const wrong = await cli.run('user', 'list', '--json', '--port', 'x')
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' })
  expect(wrong.problem()).toMatchObject({ code: 'parameter-invalid' })
})

test('options come from the environment, and a flag wins', async () => {
  const cli = await testCli()
  const environment = { SENIO_EMAIL: 'env@example.org', SENIO_DATA_DIR: 'elsewhere', SENIO_JSON: 'true' }
  const fromEnvironment = await cli.runWith({ environment }, 'user', 'create')
  expect(fromEnvironment.json()).toMatchObject({ email: 'env@example.org' })
  const byFlag = await cli.runWith({ environment }, 'user', 'create', '--email', 'flag@example.org')
  expect(byFlag.json()).toMatchObject({ email: 'flag@example.org' })
  expect((await cli.run('user', 'list', '--data-dir', 'elsewhere')).stdout).toContain('env@example.org')
})

test('a misspelt data directory is noticed instead of made', async () => {
  const cli = await testCli()
  const { exitCode, stderr } = await cli.run('sensor', 'list', '--data-dir', 'dta')
  expect(exitCode).toBe(1)
  expect(stderr).toContain('There is no data of Senio in the directory')
})

test('a directory without an installation is not found sound, and stays as it is', async () => {
  const cli = await testCli()
  await mkdir(join(cli.directory, 'empty'))
  const checked = await cli.run('check', '--data-dir', 'empty', '--json')
  expect(checked.exitCode).toBe(1)
  expect(checked.problem()).toMatchObject({ code: 'not-found', field: 'data-dir' })
  expect(await readdir(join(cli.directory, 'empty'))).toStrictEqual([])
})

test('a bucket that is refused ends the program', async () => {
  const cli = await testCli()
  const program = fileURLToPath(new URL('../../bin/senio.mjs', import.meta.url))
  const bucket = 's3://nowhere?endpoint=http://127.0.0.1:1'
  const started = spawn(process.execPath, [program, 'serve', '--port', '0', '--blob-url', bucket], {
    cwd: cli.directory,
    stdio: 'ignore',
  })
  expect(await once(started, 'exit')).toStrictEqual([1, null])
})
