import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { storageOptions, yesOption } from '../options.ts'
import { ownerOption, requireSensor } from '../owners.ts'
import { parseId } from '../parse-id.ts'

export const keyRevoke = defineCommand({
  path: 'key revoke',
  summary: 'make a device key worthless, at once',
  args: [
    { name: '<sensor>', help: 'name of the sensor' },
    { name: '<id>', help: 'the number that "senio key list" shows' },
  ],
  options: { owner: ownerOption, yes: yesOption, ...storageOptions },
  examples: [['key 3 of a sensor', 'senio key revoke greenhouse 3 --yes']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const id = parseId(args[1])
      const sensor = await requireSensor(senio, args[0] ?? '', options.owner)
      await confirm(
        io,
        options.yes,
        `Revoke device key ${id} of "${sensor.name}"? A device that uses it is refused from then on.`,
      )
      await senio.deviceKeys.revoke(sensor.owner, sensor.name, id)
      return { json: { revoked: id }, text: `Revoked device key ${id} of "${sensor.name}".` }
    }),
})
