import { defineCommand } from '../command.ts'
import { labelOption } from '../label.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { publishHint } from '../publish-hint.ts'

export const keyCreate = defineCommand({
  path: 'key create',
  summary: 'make another device key for a sensor',
  description:
    'A sensor may have several keys at a time: make a new one, put it on the device, then revoke the old one. ' +
    'The key is shown once.',
  args: [{ name: '<sensor>', help: 'name of the sensor' }],
  options: { owner: ownerOption, label: labelOption, ...storageOptions },
  examples: [['a key for a second device', 'senio key create greenhouse --label "Pi in the shed"']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      const created = await senio.deviceKeys.create(sensor.owner, sensor.name, options.label)
      return {
        json: created,
        text: [
          `Device key ${created.id} of "${sensor.name}" (shown only now): ${created.key}`,
          '',
          publishHint(sensor, created.key, senio.publishUrl(sensor.name), io.clock()),
        ].join('\n'),
      }
    }),
})
