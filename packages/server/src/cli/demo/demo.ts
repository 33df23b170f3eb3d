import { SenioError } from '@senio/protocol'
import type { Account } from '../../storage/account-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import { defineCommand } from '../command.ts'
import { randomPassword } from '../new-password.ts'
import { type OpenedSenio, withSenio } from '../open.ts'
import { dataDirOption, requiredOption, wholeOption } from '../options.ts'
import { progressBar } from '../progress.ts'
import { count, shellQuote } from '../words.ts'
import { DEMO_FIELDS, fillWithDemo } from './fill.ts'

export const demoCommand = defineCommand({
  path: 'demo',
  summary: 'fill an account with a believable week of a greenhouse',
  description:
    'Makes a sensor with temperatures, humidity, the state of the door, a place, and drawn pictures that change with ' +
    'the numbers. The account is made when it is missing. Delete the sensor afterwards like any other.',
  args: [{ name: '[name]', help: 'name of the sensor; "greenhouse" when absent' }],
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account; made when it is missing'),
    days: wholeOption('days', 'DAYS', 7, [1, 60], 'days up to now'),
    seed: wholeOption('seed', 'NUMBER', 1, [0, 1_000_000], 'another number gives another weather'),
    dataDir: dataDirOption,
  },
  examples: [['a week, in an account of its own', 'senio demo --owner demo@example.org']],
  run: ({ io, options, args }) =>
    withSenio(
      options.dataDir,
      io,
      async (senio) => {
        const { account, password } = await findOrCreate(senio, options.owner)
        const sensor = await demoSensor(senio, account, args[0] ?? 'greenhouse')
        const progress = progressBar(io)
        const filled = await fillWithDemo({
          sensor,
          ingest: senio.ingest,
          until: io.clock(),
          days: options.days,
          seed: options.seed,
          signal: io.signal,
          onProgress: (share) => progress.update(share, 'drawing the greenhouse'),
        }).finally(() => progress.end())
        return {
          json: {
            owner: account.email,
            ...(password === null ? {} : { password }),
            name: sensor.name,
            ...filled,
          },
          text: [
            `The sensor "${sensor.name}" of ${account.email} has ${count(filled.measurements, 'measurement')} and ${count(filled.pictures, 'picture')} now.`,
            ...(password === null ? [] : ['', `Password of the new account (shown only now): ${password}`]),
            '',
            `Look at it: ${senio.baseUrl}${password === null ? '' : ' (start the server with: senio serve)'}`,
            `Delete it:  senio sensor delete ${shellQuote(sensor.name)} --owner ${account.email}`,
          ].join('\n'),
        }
      },
      { create: true },
    ),
})

async function findOrCreate(
  senio: OpenedSenio,
  email: string,
): Promise<{ readonly account: Account; readonly password: string | null }> {
  const existing = await senio.accounts.findByEmail(email)
  if (existing !== null) return { account: existing, password: null }
  const password = randomPassword()
  return { account: await senio.accounts.create({ email, password }), password }
}

/** The demo's own sensor is filled again; one that isn't the demo's is left alone. */
async function demoSensor(senio: OpenedSenio, account: Account, name: string): Promise<Sensor> {
  const existing = await senio.storage.sensors.find(account.id, name.normalize('NFC'))
  if (existing === null) {
    const { sensor } = await senio.sensors.create(account.id, { name, fields: DEMO_FIELDS })
    return sensor
  }
  const types = new Map(existing.fields.map((field) => [field.name, field.type]))
  if (DEMO_FIELDS.every((field) => types.get(field.name) === field.type)) return existing
  throw new SenioError(
    'name-taken',
    `${account.email} has a sensor "${name}" already, and it isn't the demo's. Give another name: senio demo NAME.`,
    { field: 'name' },
  )
}
