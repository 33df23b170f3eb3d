import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { listOption, requiredOption, storageOptions, yesOption } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { parseTimestampText } from '../publish/timestamp-text.ts'
import { count } from '../words.ts'

const TIME = 'ms since the Unix epoch or ISO 8601'

export const sensorClear = defineCommand({
  path: 'sensor clear',
  summary: 'delete what a sensor measured in a range',
  description:
    'The range goes from --from to just before --to. Pictures go with their values, an hour later at the earliest.',
  args: [{ name: '<name>', help: 'name of the sensor' }],
  options: {
    from: requiredOption('from', 'TIME', `where the range begins; ${TIME}`),
    to: requiredOption('to', 'TIME', `where it ends, exclusive; ${TIME}`),
    field: listOption('field', 'NAME', 'only this field; repeat it for several'),
    owner: ownerOption,
    yes: yesOption,
    ...storageOptions,
  },
  examples: [
    [
      'a day on which the probe was broken',
      'senio sensor clear greenhouse --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z --field temp',
    ],
  ],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const from = parseTimestampText(options.from)
      const to = parseTimestampText(options.to)
      const what = options.field.length === 0 ? 'everything' : options.field.join(', ')
      const span = `from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
      await confirm(io, options.yes, `Delete ${what} that "${sensor.name}" measured ${span}?`)
      const deleted = await senio.sensors.deleteMeasurements(sensor.owner, sensor.name, {
        from,
        to,
        ...(options.field.length === 0 ? {} : { fields: options.field }),
      })
      return { json: { deleted }, text: `Deleted ${count(deleted, 'value')}.` }
    }),
})
