import { SenioError } from '@senio/protocol'
import { normaliseName } from '@senio/protocol'
import type { Account } from '../storage/account-store.ts'
import type { Sensor } from '../storage/sensor-store.ts'
import type { OpenedSenio } from './open.ts'
import { textOption } from './options.ts'

/** Whose sensor it is; needed only where several accounts have one of that name. */
export const ownerOption = textOption(
  'owner',
  'EMAIL',
  "e-mail of the sensor's account; needed only if several accounts have a sensor of this name",
)

/** @throws SenioError `not-found` */
export async function requireAccount(senio: OpenedSenio, email: string): Promise<Account> {
  const account = await senio.accounts.findByEmail(email)
  if (account !== null) return account
  throw new SenioError(
    'not-found',
    `There is no account with the e-mail ${email}. "senio user list" shows them, "senio user create" makes one.`,
    { field: 'owner' },
  )
}

/**
 * The one sensor that a name on the command line means.
 * @param owner undefined when it wasn't said
 * @throws SenioError `not-found`; `parameter-invalid` when several accounts have a sensor of that name
 */
export async function requireSensor(
  senio: OpenedSenio,
  name: string,
  owner: string | undefined,
): Promise<Sensor> {
  if (owner !== undefined) {
    const account = await requireAccount(senio, owner)
    const sensor = await senio.storage.sensors.find(account.id, normaliseName(name))
    return sensor ?? notFound(`${account.email} has no sensor "${name}".`)
  }
  const [sensor, ...others] = await senio.storage.sensors.findByName(normaliseName(name))
  if (sensor === undefined) return notFound(`There is no sensor "${name}".`)
  if (others.length === 0) return sensor
  const owners = await Promise.all([sensor, ...others].map((each) => senio.storage.accounts.find(each.owner)))
  throw new SenioError(
    'parameter-invalid',
    `Several accounts have a sensor "${name}": say whose with --owner, one of ${owners.map((account) => account?.email ?? '?').join(', ')}.`,
    { field: 'owner' },
  )
}

function notFound(what: string): never {
  throw new SenioError('not-found', `${what} "senio sensor list" shows them all.`, { field: 'name' })
}
