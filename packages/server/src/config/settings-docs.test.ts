import { expect, it } from 'vitest'
import { environmentName } from './setting.ts'
import { settings } from './settings.ts'

const INTRODUCTION = `# Settings of the server

What \`senio serve\` can be told. A flag wins over the environment variable, which wins over the default; an empty variable
counts as absent. With \`npm start\` flags go behind two dashes: \`npm start -- --port 9000\`. Nothing has to be set.

`

function docs(): string {
  const rows = Object.values(settings).map(({ flag, placeholder, fallback, help }) => {
    const value = placeholder === null ? '' : ` ${placeholder}`
    const standard = fallback === null ? '' : `\`${fallback}\``
    return `| \`--${flag}${value}\` | \`${environmentName(flag)}\` | ${standard} | ${help} |`
  })
  return `${INTRODUCTION}| flag | variable | default | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

it('are what docs/settings.md says (update it with vitest --update)', async () => {
  await expect(docs()).toMatchFileSnapshot('../../../../docs/settings.md')
})
