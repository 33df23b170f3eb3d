import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { storageOptions, yesOption } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'

export const sensorDelete = defineCommand({
  path: 'sensor delete',
  summary: 'delete a sensor with everything that it measured',
  args: [{ name: '<name>', help: 'name of the sensor' }],
  options: { owner: ownerOption, yes: yesOption, ...storageOptions },
  examples: [['without being asked', 'senio sensor delete greenhouse --yes']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      await confirm(
        io,
        options.yes,
        `Delete the sensor "${sensor.name}" with all of its measurements and pictures?`,
      )
      await senio.sensors.delete(sensor.owner, sensor.name)
      return { json: { deleted: sensor.name }, text: `Deleted the sensor "${sensor.name}".` }
    }),
})
