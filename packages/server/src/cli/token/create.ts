import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { labelOption } from '../label.ts'

export const tokenCreate = defineCommand({
  path: 'token create',
  summary: 'make a personal API token',
  description: 'Scripts send it to the REST API as "Authorization: Bearer TOKEN". It is shown once.',
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account that the token signs in'),
    label: labelOption,
    ...storageOptions,
  },
  examples: [
    ['a token for a script', 'senio token create --owner me@example.org --label "weekly report"'],
    ['into a variable', 'TOKEN=$(senio token create --owner me@example.org --json | jq -r .token)'],
  ],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.owner)
      const { token } = await senio.apiTokens.create(account.id, options.label)
      return {
        json: { token },
        text: [
          `API token of ${account.email} (shown only now): ${token}`,
          '',
          `Try it: curl -H 'Authorization: Bearer ${token}' ${senio.baseUrl}/api/v1/sensors`,
        ].join('\n'),
      }
    }),
})
