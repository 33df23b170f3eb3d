import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { parseFieldOption } from '../parse-field.ts'
import { sensorJson } from '../sensor-json.ts'

export const fieldAdd = defineCommand({
  path: 'field add',
  summary: 'add a field to a sensor',
  description: "Types: scalar (a number), image, boolean, location. A field's type can't be changed later.",
  args: [
    { name: '<sensor>', help: 'name of the sensor' },
    { name: '<field>', help: 'the field as name:type or name:type:unit' },
  ],
  options: { owner: ownerOption, ...storageOptions },
  examples: [['a second thermometer', 'senio field add greenhouse outside:scalar:celsius']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const field = parseFieldOption(args[1] ?? '')
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const changed = await senio.fields.add(sensor.owner, sensor.name, field)
      return {
        json: sensorJson(changed, senio.publishUrl(changed.name)),
        text: `Added the ${field.type} field "${field.name}" to "${changed.name}".`,
      }
    }),
})
