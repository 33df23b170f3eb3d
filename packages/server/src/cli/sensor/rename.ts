import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { sensorJson } from '../sensor-json.ts'

export const sensorRename = defineCommand({
  path: 'sensor rename',
  summary: 'give a sensor another name',
  description: 'Its publish address changes with it; keys and measurements stay.',
  args: [
    { name: '<name>', help: 'name of the sensor' },
    { name: '<new-name>', help: 'the name that it gets' },
  ],
  options: { owner: ownerOption, ...storageOptions },
  examples: [['another name', 'senio sensor rename rpi greenhouse']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const renamed = await senio.sensors.update(sensor.owner, sensor.name, { name: args[1] ?? '' })
      const publishUrl = senio.publishUrl(renamed.name)
      return {
        json: sensorJson(renamed, publishUrl),
        text: `The sensor "${sensor.name}" is now "${renamed.name}". Its devices publish to ${publishUrl} from now on.`,
      }
    }),
})
