import type { FieldTypeName, FieldValue } from '@senio/protocol'
import { fieldType } from '../../fields/index.ts'
import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { sensorJson } from '../sensor-json.ts'
import { table } from '../table.ts'
import { time } from '../words.ts'

export const sensorShow = defineCommand({
  path: 'sensor show',
  summary: 'show a sensor: fields, units, newest values, publish address',
  args: [{ name: '<name>', help: 'name of the sensor' }],
  options: { owner: ownerOption, ...storageOptions },
  examples: [['everything about a sensor', 'senio sensor show greenhouse']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const [{ first, last }, latest, owner] = await Promise.all([
        senio.sensors.detail(sensor.owner, sensor.name),
        senio.queries.latest(sensor),
        senio.storage.accounts.find(sensor.owner),
      ])
      const publishUrl = senio.publishUrl(sensor.name)
      const rows = sensor.fields.map(({ name, type, unit }) => {
        const value = latest.fields[name]
        return [
          name,
          type,
          unit,
          value === undefined ? '' : cellText(type, value.value),
          time(value?.timestamp ?? null),
        ]
      })
      return {
        json: {
          owner: owner?.email ?? null,
          ...sensorJson(sensor, publishUrl),
          latest: latest.fields,
          first,
          last,
        },
        text: [
          `Sensor "${sensor.name}" of ${owner?.email ?? 'a deleted account'}`,
          `Publish address: ${publishUrl}`,
          `Measurements:    ${first === null ? 'none yet' : `from ${time(first)} to ${time(last)}`}`,
          '',
          rows.length === 0
            ? 'It has no fields yet. "senio help field add" shows how to add one.'
            : table([['FIELD', 'TYPE', 'UNIT', 'NEWEST VALUE', 'AT'], ...rows]),
        ].join('\n'),
      }
    }),
})

function cellText(type: FieldTypeName, value: FieldValue): string {
  return fieldType(type)
    .csvCells(value)
    .filter((cell) => cell !== null)
    .join(', ')
}
