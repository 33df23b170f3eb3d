import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openInstallation } from '../compose.ts'
import { NOW, type TestCli, testCli } from './testing/test-cli.ts'

const EMAIL = 'me@example.org'
const PASSWORD = 'a long password\n'

async function withUser(): Promise<TestCli> {
  const cli = await testCli()
  await cli.runWith({ stdin: PASSWORD }, 'user', 'create', '--email', EMAIL, '--password-stdin')
  return cli
}

async function withSensor(): Promise<TestCli & { readonly key: string }> {
  const cli = await withUser()
  const created = await cli.run(
    'sensor',
    'create',
    'greenhouse',
    '--owner',
    EMAIL,
    '--field',
    'temp:scalar:celsius',
    '--field',
    'cam1:image',
    '--json',
  )
  return { ...cli, key: (created.json() as { key: string }).key }
}

test('the first account is the administrator; without a password one is made and shown', async () => {
  const cli = await testCli()
  const first = await cli.run('user', 'create', '--email', 'First@Example.org', '--json')
  expect(first.json()).toMatchObject({ email: 'first@example.org', role: 'admin' })
  expect((first.json() as { password: string }).password).toMatch(/^(\w{5}-){3}\w{5}$/)
  const second = await cli.runWith(
    { stdin: PASSWORD },
    'user',
    'create',
    '--email',
    EMAIL,
    '--password-stdin',
    '--json',
  )
  expect(second.json()).toMatchObject({ email: EMAIL, role: 'member' })
  expect(second.stdout).not.toContain('password')
  const { accounts } = (await cli.run('user', 'list', '--json')).json() as { accounts: readonly unknown[] }
  expect(accounts).toHaveLength(2)
})

test('at a terminal the password is asked twice', async () => {
  const cli = await testCli()
  const differing = await cli.runWith(
    { answers: ['one password', 'another one'] },
    'user',
    'create',
    '--email',
    EMAIL,
  )
  expect(differing).toMatchObject({ exitCode: 1 })
  const same = await cli.runWith(
    { answers: ['one password', 'one password'] },
    'user',
    'create',
    '--email',
    EMAIL,
  )
  expect(same).toMatchObject({ exitCode: 0 })
  expect(same.stdout).not.toContain('one password')
})

test('a taken e-mail address is refused', async () => {
  const cli = await withUser()
  const again = await cli.run('user', 'create', '--email', EMAIL, '--json')
  expect(again).toMatchObject({ exitCode: 1, stdout: '' })
  expect(again.problem()).toMatchObject({ code: 'name-taken' })
})

test('an account is signed out everywhere', async () => {
  const cli = await withUser()
  const open = () =>
    openInstallation({
      dataDir: join(cli.directory, 'data'),
      maxImageBytes: 1000,
      maxImagePixels: 1000,
      publishRate: 1,
      clock: () => NOW,
      report: () => {},
      onFatal: () => {},
    })
  const before = await open()
  const { token } = await before.services.sessions.signIn({
    email: EMAIL,
    password: PASSWORD.trim(),
    client: '',
  })
  await before.close()
  const done = await cli.run('user', 'sign-out', '--email', EMAIL, '--json')
  expect(done.json()).toEqual({ signedOut: EMAIL })
  const after = await open()
  expect(await after.services.sessions.accountBySession(token)).toBeNull()
  await after.close()
  const nobody = await cli.run('user', 'sign-out', '--email', 'nobody@example.org', '--json')
  expect(nobody.problem()).toMatchObject({ code: 'not-found' })
})

test('a sensor is made with its fields; its key is shown once', async () => {
  const cli = await withUser()
  const fields = ['temp:scalar:celsius', 'ratio:scalar:a:b', 'cam1:image'].flatMap((field) => [
    '--field',
    field,
  ])
  const created = await cli.run('sensor', 'create', 'Green House', '--owner', EMAIL, '--json', ...fields)
  const json = created.json() as { key: string }
  expect(json).toEqual({
    name: 'Green House',
    key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    publishUrl: 'http://localhost:8080/publish/Green%20House',
  })
  const shown = await cli.run('sensor', 'show', 'Green House', '--json')
  expect(shown.json()).toMatchObject({
    owner: EMAIL,
    fields: {
      temp: { type: 'scalar', unit: 'celsius' },
      ratio: { type: 'scalar', unit: 'a:b' },
      cam1: { type: 'image', unit: '' },
    },
    first: null,
  })
  expect(shown.stdout).not.toContain(json.key)
})

test('the publish address follows the settings of the server', async () => {
  const cli = await withUser()
  const environment = { SENIO_PUBLIC_URL: 'https://senio.example.org/' }
  const created = await cli.runWith({ environment }, 'sensor', 'create', 'rpi', '--owner', EMAIL)
  expect(created.stdout).toContain('https://senio.example.org/publish/rpi')
  expect(created.stdout).toContain('curl')
})

test('a name that several accounts use needs --owner', async () => {
  const cli = await withSensor()
  await cli.run('user', 'create', '--email', 'other@example.org')
  await cli.run('sensor', 'create', 'greenhouse', '--owner', 'other@example.org')
  const ambiguous = await cli.run('sensor', 'show', 'greenhouse')
  expect(ambiguous.exitCode).toBe(1)
  expect(ambiguous.stderr).toContain('--owner, one of me@example.org, other@example.org')
  const chosen = await cli.run('sensor', 'show', 'greenhouse', '--owner', 'other@example.org', '--json')
  expect(chosen.json()).toMatchObject({ owner: 'other@example.org', fields: {} })
})

test('fields are added, changed, reordered and deleted', async () => {
  const cli = await withSensor()
  await cli.run('field', 'add', 'greenhouse', 'door:boolean')
  await cli.run('field', 'change', 'greenhouse', 'temp', '--name', 'inside', '--unit', 'kelvin')
  const ordered = await cli.run('sensor', 'order', 'greenhouse', 'door', 'cam1', 'inside', '--json')
  const { fields } = ordered.json() as { fields: Record<string, { unit: string }> }
  expect(Object.keys(fields)).toEqual(['door', 'cam1', 'inside'])
  expect(fields['inside']?.unit).toBe('kelvin')
  await cli.run('field', 'delete', 'greenhouse', 'door', '--yes')
  const after = (await cli.run('sensor', 'show', 'greenhouse', '--json')).json() as { fields: object }
  expect(Object.keys(after.fields)).toEqual(['cam1', 'inside'])
})

test('keys are made, listed without their secret, and revoked', async () => {
  const cli = await withSensor()
  const made = await cli.run('key', 'create', 'greenhouse', '--label', 'shed', '--json')
  const { id, key } = made.json() as { id: number; key: string }
  const listed = await cli.run('key', 'list', 'greenhouse', '--json')
  expect((listed.json() as { keys: unknown[] }).keys).toHaveLength(2)
  expect(listed.stdout).not.toContain(key)
  expect(await cli.run('key', 'revoke', 'greenhouse', String(id), '--yes')).toMatchObject({ exitCode: 0 })
  expect(await cli.run('key', 'revoke', 'greenhouse', String(id), '--yes')).toMatchObject({ exitCode: 1 })
})

test('a token is shown once and can be revoked', async () => {
  const cli = await withUser()
  const made = await cli.run('token', 'create', '--owner', EMAIL, '--json')
  expect(made.json()).toEqual({ token: expect.stringMatching(/^senio_/) })
  const { tokens } = (await cli.run('token', 'list', '--owner', EMAIL, '--json')).json() as {
    tokens: readonly { id: number }[]
  }
  const revoked = await cli.run('token', 'revoke', String(tokens[0]?.id), '--owner', EMAIL, '--yes')
  expect(revoked.exitCode).toBe(0)
})

test('what destroys something asks, and without a terminal wants --yes', async () => {
  const cli = await withSensor()
  const unasked = await cli.run('sensor', 'delete', 'greenhouse')
  expect(unasked.exitCode).toBe(1)
  expect(unasked.stderr).toContain('--yes')
  expect(await cli.runWith({ answers: ['n'] }, 'sensor', 'delete', 'greenhouse')).toMatchObject({
    exitCode: 1,
  })
  expect((await cli.run('sensor', 'list', '--json')).stdout).toContain('greenhouse')
  expect(await cli.runWith({ answers: ['y'] }, 'sensor', 'delete', 'greenhouse')).toMatchObject({
    exitCode: 0,
  })
  expect((await cli.run('sensor', 'list', '--json')).json()).toEqual({ sensors: [] })
})

test('tables are aligned and hint at the next step when empty', async () => {
  const cli = await withSensor()
  const { stdout } = await cli.run('sensor', 'list')
  const [heading, row] = stdout.split('\n')
  expect(row?.indexOf(EMAIL)).toBe(heading?.indexOf('OWNER'))
  const none = await cli.run('token', 'list', '--owner', EMAIL)
  expect(none.stdout).toContain('senio token create')
})

test('views are listed, shown and deleted', async () => {
  const cli = await withSensor()
  expect((await cli.run('view', 'list', '--owner', EMAIL)).stdout).toContain('no view')
  const installation = await openInstallation({
    dataDir: join(cli.directory, 'data'),
    maxImageBytes: 1e6,
    maxImagePixels: 1e6,
    publishRate: 1,
    report: () => undefined,
    onFatal: () => undefined,
    clock: () => NOW,
  })
  const { accounts, fields, views } = installation.services
  const account = await accounts.findByEmail(EMAIL)
  if (account === null) throw new TypeError('The account is gone.')
  const shown = ['temp', 'cam1'].map((field) => ({ sensor: 'greenhouse', field }))
  const panels = [{ columns: 6, rows: 3, fields: shown }]
  const { id } = await views.create(account.id, { name: 'Morning', panels })
  await fields.delete(account.id, 'greenhouse', 'cam1')
  await installation.close()

  const listed = (await cli.run('view', 'list', '--owner', EMAIL, '--json')).json()
  expect(listed).toMatchObject({ views: [{ id, name: 'Morning', panels: [{ columns: 6 }] }] })
  const { stdout } = await cli.run('view', 'show', String(id), '--owner', EMAIL)
  expect(stdout).toContain('greenhouse: temp, greenhouse: cam1 (deleted)')
  const remove = () => cli.run('view', 'delete', String(id), '--owner', EMAIL, '--yes')
  expect(await remove()).toMatchObject({ exitCode: 0 })
  expect(await remove()).toMatchObject({ exitCode: 1 })
})
