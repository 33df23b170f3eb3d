import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { storageOptions, yesOption } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'

export const fieldDelete = defineCommand({
  path: 'field delete',
  summary: 'delete a field with all of its values',
  args: [
    { name: '<sensor>', help: 'name of the sensor' },
    { name: '<field>', help: 'name of the field' },
  ],
  options: { owner: ownerOption, yes: yesOption, ...storageOptions },
  examples: [['without being asked', 'senio field delete greenhouse outside --yes']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const field = args[1] ?? ''
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      await confirm(
        io,
        options.yes,
        `Delete the field "${field}" of "${sensor.name}" with all of its values?`,
      )
      await senio.fields.delete(sensor.owner, sensor.name, field)
      return { json: { deleted: field }, text: `Deleted the field "${field}" of "${sensor.name}".` }
    }),
})
