import { SenioError } from '@senio/protocol'
import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions, textOption } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { sensorJson } from '../sensor-json.ts'

export const fieldChange = defineCommand({
  path: 'field change',
  summary: 'give a field another name or unit',
  description: 'Values stay as they are: a unit is a label. Devices publish under the new name from then on.',
  args: [
    { name: '<sensor>', help: 'name of the sensor' },
    { name: '<field>', help: 'name of the field' },
  ],
  options: {
    name: textOption('name', 'NAME', 'the new name'),
    unit: textOption('unit', 'UNIT', 'the new unit; "" for none'),
    owner: ownerOption,
    ...storageOptions,
  },
  examples: [
    ['another name', 'senio field change greenhouse temp --name inside'],
    ['another unit', 'senio field change greenhouse inside --unit celsius'],
  ],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const { name, unit } = options
      if (name === undefined && unit === undefined) {
        throw new SenioError('parameter-invalid', 'There is nothing to change: say --name or --unit.')
      }
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const changed = await senio.fields.update(sensor.owner, sensor.name, args[1] ?? '', { name, unit })
      return {
        json: sensorJson(changed, senio.publishUrl(changed.name)),
        text: `Changed the field "${args[1] ?? ''}" of "${changed.name}".`,
      }
    }),
})
