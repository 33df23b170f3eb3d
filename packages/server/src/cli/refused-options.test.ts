import { expect, test } from 'vitest'
import { commands } from './commands.ts'
import { testCli } from './testing/test-cli.ts'

/** As the validator says it by itself. */
const VALIDATOR =
  /invalid input|invalid option|invalid string|invalid url|too small|too big|expected|received/i

const TEXTS = ['', ' ', 'x', '-1', '99999999999999999999', 'http://', 's3://', 'postgres://']

test.each(commands)('what the options of "$path" refuse is told in words for people', ({ options }) => {
  for (const { schema } of Object.values(options)) {
    const issues = TEXTS.flatMap((text) => schema.safeParse(text).error?.issues ?? [])
    for (const { message } of issues) expect(message).not.toMatch(VALIDATOR)
  }
})

test('an option is named as it was given', async () => {
  const cli = await testCli()
  const given = { environment: { SENIO_PUBLISH_URL: 'pi.local/publish/rpi', SENIO_PUBLISH_KEY: 'k' } }
  const { exitCode, stderr } = await cli.runWith(given, 'publish', 'temp=1')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^senio: SENIO_PUBLISH_URL: "pi.local\/publish\/rpi" /)
})
