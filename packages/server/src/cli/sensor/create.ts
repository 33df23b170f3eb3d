import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { listOption, requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { parseFieldOption } from '../parse-field.ts'
import { publishHint } from '../publish-hint.ts'

export const sensorCreate = defineCommand({
  path: 'sensor create',
  summary: 'make a sensor with its fields and its first device key',
  description:
    'A field is name:type or name:type:unit. Types: scalar (a number), image, boolean, location. ' +
    'The device key is shown once.',
  args: [{ name: '<name>', help: 'name of the sensor, unique in its account' }],
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account that it belongs to'),
    field: listOption('field', 'NAME:TYPE[:UNIT]', 'a field; repeat it for more'),
    ...storageOptions,
  },
  examples: [
    [
      'a Raspberry Pi with a thermometer and a camera',
      'senio sensor create rpi --owner me@example.org --field temp:scalar:celsius --field cam1:image',
    ],
    [
      'its key into a variable',
      'KEY=$(senio sensor create door --owner me@example.org --field open:boolean --json | jq -r .key)',
    ],
  ],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const fields = options.field.map(parseFieldOption)
      const account = await requireAccount(senio, options.owner)
      const { sensor, key } = await senio.sensors.create(account.id, { name: args[0] ?? '', fields })
      const publishUrl = senio.publishUrl(sensor.name)
      return {
        json: { name: sensor.name, key, publishUrl },
        text: [
          `Created the sensor "${sensor.name}" of ${account.email}.`,
          '',
          `Device key (shown only now): ${key}`,
          `Publish address:             ${publishUrl}`,
          '',
          publishHint(sensor, key, publishUrl, io.clock()),
        ].join('\n'),
      }
    }),
})
