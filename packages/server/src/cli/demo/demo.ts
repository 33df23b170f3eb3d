import { SenioError } from '@senio/protocol'
import type { NewField } from '@senio/protocol/api'
import type { Account } from '../../storage/account-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import { defineCommand } from '../command.ts'
import { randomPassword } from '../new-password.ts'
import { type OpenedSenio, withSenio } from '../open.ts'
import { requiredOption, storageOptions, wholeOption } from '../options.ts'
import { progressBar } from '../progress.ts'
import { count, shellQuote } from '../words.ts'
import { composeView } from './composed-view.ts'
import { DEMO_FIELDS, fillWithDemo } from './fill.ts'
import { writeNotes } from './keepers-notes.ts'
import { WEATHER_FIELDS } from './weather-station.ts'

export const demoCommand = defineCommand({
  path: 'demo',
  summary: 'fill an account with a believable week of a greenhouse and its weather',
  description:
    'Makes a sensor with temperatures, humidity, the state of the door, a place, and drawn pictures that change with ' +
    'the numbers, a weather station beside it, a view of both, and a few notes. The account is made when it is missing. ' +
    'Delete the sensors afterwards like any other.',
  args: [{ name: '[name]', help: 'name of the sensor; "greenhouse" when absent' }],
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account; made when it is missing'),
    days: wholeOption('days', 'DAYS', 7, [1, 60], 'days up to now'),
    seed: wholeOption('seed', 'NUMBER', 1, [0, 1_000_000], 'another number gives another weather'),
    ...storageOptions,
  },
  examples: [['a week, in an account of its own', 'senio demo --owner demo@example.org']],
  run: ({ io, options, args }) =>
    withSenio(
      options,
      io,
      async (senio) => {
        const { account, password } = await findOrCreate(senio, options.owner)
        const sensor = await demoSensor(senio, account, args[0] ?? 'greenhouse', DEMO_FIELDS)
        const weather = await demoSensor(senio, account, `${sensor.name} weather`, WEATHER_FIELDS)
        const until = io.clock()
        const progress = progressBar(io)
        const filled = await fillWithDemo({
          sensor,
          weather,
          ingest: senio.ingest,
          until,
          days: options.days,
          seed: options.seed,
          signal: io.signal,
          onProgress: (share) => progress.update(share, 'drawing the greenhouse'),
        }).finally(() => progress.end())
        const notes = await writeNotes(senio.notes, sensor, until)
        const view = await composeView(senio.views, account.id, sensor.name, weather.name)
        return {
          json: {
            owner: account.email,
            ...(password === null ? {} : { password }),
            name: sensor.name,
            weather: weather.name,
            view,
            ...filled,
            notes,
          },
          text: [
            `The sensors "${sensor.name}" and "${weather.name}" of ${account.email} have ${count(filled.measurements, 'measurement')}, ${count(filled.pictures, 'picture')} and ${count(notes, 'note')} now.`,
            `The view "${view}" shows both.`,
            ...(password === null ? [] : ['', `Password of the new account (shown only now): ${password}`]),
            '',
            `Look at it: ${senio.baseUrl}${password === null ? '' : ' (start the server with: senio serve)'}`,
            ...[sensor, weather].map(
              ({ name }) => `Delete it:  senio sensor delete ${shellQuote(name)} --owner ${account.email}`,
            ),
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
async function demoSensor(
  senio: OpenedSenio,
  account: Account,
  name: string,
  fields: readonly Required<NewField>[],
): Promise<Sensor> {
  const existing = await senio.storage.sensors.find(account.id, name.normalize('NFC'))
  if (existing === null) {
    const { sensor } = await senio.sensors.create(account.id, { name, fields })
    return sensor
  }
  const types = new Map(existing.fields.map((field) => [field.name, field.type]))
  if (fields.every((field) => types.get(field.name) === field.type)) return existing
  throw new SenioError(
    'name-taken',
    `${account.email} has a sensor "${name}" already, and it isn't the demo's. Give another name: senio demo NAME.`,
    { field: 'name' },
  )
}
