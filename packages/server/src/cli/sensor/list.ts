import { defineCommand } from '../command.ts'
import { type OpenedSenio, withSenio } from '../open.ts'
import { storageOptions, textOption } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'
import { sensorJson } from '../sensor-json.ts'
import { table } from '../table.ts'
import { time } from '../words.ts'

export const sensorList = defineCommand({
  path: 'sensor list',
  summary: 'list the sensors',
  options: {
    owner: textOption('owner', 'EMAIL', "only this account's sensors; all accounts' when absent"),
    search: textOption('search', 'TEXT', 'only sensors whose name contains this, whatever the case'),
    ...storageOptions,
  },
  examples: [
    ['all sensors', 'senio sensor list'],
    ["one account's, by name", 'senio sensor list --owner me@example.org --search green'],
  ],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const accounts = await accountsToList(senio, options.owner)
      const found = await Promise.all(
        accounts.map(async ({ id, email }) => {
          const listed = await allPages((cursor) =>
            senio.sensors.list(id, { search: options.search ?? null, limit: PAGE_SIZE, cursor }),
          )
          return listed.map((sensor) => ({ email, ...sensor }))
        }),
      )
      const sensors = found.flat()
      const rows = sensors.map(({ email, sensor, latest }) => [
        sensor.name,
        email,
        sensor.fields.map(({ name }) => name).join(', '),
        time(latest.reduce<number | null>((newest, { timestamp }) => Math.max(newest ?? 0, timestamp), null)),
      ])
      return {
        json: {
          sensors: sensors.map(({ email, sensor, latest }) => ({
            owner: email,
            ...sensorJson(sensor, senio.publishUrl(sensor.name)),
            latest: Object.fromEntries(
              latest.map(({ field, timestamp, value }) => [field.name, { timestamp, value }]),
            ),
          })),
        },
        text:
          rows.length === 0
            ? 'There is no such sensor yet. "senio help sensor create" shows how to make one.'
            : table([['NAME', 'OWNER', 'FIELDS', 'LAST MEASUREMENT'], ...rows]),
      }
    }),
})

async function accountsToList(senio: OpenedSenio, owner: string | undefined) {
  if (owner !== undefined) return [await requireAccount(senio, owner)]
  return await allPages((cursor) => senio.accounts.list(PAGE_SIZE, cursor))
}
