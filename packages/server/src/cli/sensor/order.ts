import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { sensorJson } from '../sensor-json.ts'

export const sensorOrder = defineCommand({
  path: 'sensor order',
  summary: "put a sensor's fields into another order",
  args: [
    { name: '<name>', help: 'name of the sensor' },
    { name: '<fields...>', help: 'each of its fields once' },
  ],
  options: { owner: ownerOption, ...storageOptions },
  examples: [['the picture first', 'senio sensor order greenhouse cam1 temp humidity']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const [name = '', ...order] = args
      const sensor = await requireSensor(senio, name, options.owner)
      const changed = await senio.sensors.update(sensor.owner, sensor.name, { order })
      return {
        json: sensorJson(changed, senio.publishUrl(changed.name)),
        text: `The fields of "${changed.name}" are now in this order: ${changed.fields.map((field) => field.name).join(', ')}.`,
      }
    }),
})
