import { expect, it } from 'vitest'
import { commands } from './commands.ts'
import { type TestCli, testCli } from './testing/test-cli.ts'

const INTRODUCTION = `# The command line

Every command of \`senio\` as \`senio help COMMAND\` shows it. In a checkout it is \`npx senio\`. Commands that work on the data
directory do so directly, also while the server runs, under the user who owns it. With \`--json\` they print one JSON
document; errors are the documents of [errors.md](errors.md) then.
`

async function docs(cli: TestCli): Promise<string> {
  const list = commands.map(
    ({ path, summary }) => `- [\`${path}\`](#senio-${path.replaceAll(' ', '-')}): ${summary}`,
  )
  const sections: string[] = []
  for (const { path } of commands) {
    const { stdout } = await cli.run('help', ...path.split(' '))
    sections.push(`## senio ${path}\n\n\`\`\`\n${stdout.trimEnd()}\n\`\`\`\n`)
  }
  return [INTRODUCTION, `${list.join('\n')}\n`, ...sections].join('\n')
}

it('is what docs/cli.md says (update it with vitest --update)', async () => {
  await expect(await docs(await testCli())).toMatchFileSnapshot('../../../../docs/cli.md')
})
