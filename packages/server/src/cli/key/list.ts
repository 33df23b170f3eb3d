import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'
import { table } from '../table.ts'
import { shellQuote, time } from '../words.ts'

export const keyList = defineCommand({
  path: 'key list',
  summary: "list a sensor's device keys",
  description: 'Shows when each was last used, never the key itself: only a hash of it is kept.',
  args: [{ name: '<sensor>', help: 'name of the sensor' }],
  options: { owner: ownerOption, ...storageOptions },
  examples: [['all keys of a sensor', 'senio key list greenhouse']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const keys = await allPages((cursor) =>
        senio.deviceKeys.list(sensor.owner, sensor.name, PAGE_SIZE, cursor),
      )
      const rows = keys.map(({ id, label, created, lastUsed }) => [
        String(id),
        label,
        time(created),
        time(lastUsed),
      ])
      return {
        json: { keys },
        text:
          rows.length === 0
            ? `"${sensor.name}" has no device key. Make one: senio key create ${shellQuote(sensor.name)}`
            : table([['ID', 'LABEL', 'CREATED', 'LAST USED'], ...rows]),
      }
    }),
})
