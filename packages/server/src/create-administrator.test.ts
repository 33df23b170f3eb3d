import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type AdministratorConfig, createAdministrator } from './create-administrator.ts'
import { testPeople } from './domain/testing/people.ts'

const EMAIL = 'ada@example.org'
const PASSWORD = 'correct horse battery'

function configured(given: Partial<AdministratorConfig>): AdministratorConfig {
  return { adminEmail: EMAIL, adminPassword: undefined, adminPasswordFile: undefined, ...given }
}

async function passwordFile(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-administrator-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = join(directory, 'password')
  await writeFile(file, text)
  return file
}

it('is the first account, and no second one', async () => {
  const { accounts } = testPeople()
  await createAdministrator(accounts, configured({ adminPasswordFile: await passwordFile(`${PASSWORD}\n`) }))
  expect(await accounts.findByEmail(EMAIL)).toMatchObject({ role: 'admin' })
  await createAdministrator(accounts, configured({ adminEmail: 'eve@example.org', adminPassword: PASSWORD }))
  expect(await accounts.findByEmail('eve@example.org')).toBeNull()
})

it('is refused by the name of the setting that is wrong, which may hold a secret', async () => {
  const { accounts } = testPeople()
  const refused = async (given: Partial<AdministratorConfig>, field: string, words: RegExp) => {
    const creating = createAdministrator(accounts, configured(given))
    await expect(creating).rejects.toMatchObject({
      code: 'parameter-invalid',
      field,
      message: expect.stringMatching(words) as string,
    })
    await expect(creating).rejects.not.toMatchObject({ message: expect.stringContaining('canary') as string })
  }
  const wrongEmail = { adminEmail: 'ada', adminPassword: PASSWORD }
  await refused(wrongEmail, 'admin-email', /^SENIO_ADMIN_EMAIL \(or --admin-email\): .*name@example\.org/)
  await refused(
    { adminPassword: 'canary' },
    'admin-password',
    /^SENIO_ADMIN_PASSWORD \(.*10 to 200 characters/,
  )
  const file = await passwordFile('canary')
  await refused({ adminPasswordFile: file }, 'admin-password-file', /^SENIO_ADMIN_PASSWORD_FILE \(/)
  await refused({}, 'admin-password', /neither SENIO_ADMIN_PASSWORD nor/)
  for (const password of [{ adminPassword: 'canary' }, { adminPasswordFile: file }])
    await refused({ adminEmail: undefined, ...password }, 'admin-email', /not SENIO_ADMIN_EMAIL/)
  expect(await accounts.exist()).toBe(false)
})

it('is not asked for once there is an account, or where nothing is set', async () => {
  const { accounts } = testPeople()
  const nobody = configured({ adminEmail: undefined })
  await createAdministrator(accounts, nobody)
  expect(await accounts.exist()).toBe(false)
  await createAdministrator(accounts, configured({ adminPassword: PASSWORD }))
  await createAdministrator(accounts, { ...nobody, adminPassword: 'of nobody' })
})
