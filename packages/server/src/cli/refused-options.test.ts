import { expect, test } from 'vitest'
import { commands } from './commands.ts'
import { testCli } from './testing/test-cli.ts'

/** As the validator says it by itself. */
const VALIDATOR =
  /invalid input|invalid option|invalid string|invalid url|too small|too big|expected|received/i

test.each(
  commands.flatMap(({ path, options }) => Object.values(options).map((option) => ({ path, option }))),
)('$path --$option.flag is refused in words for people', ({ option }) => {
  for (const text of [
    undefined,
    '',
    ' ',
    'x',
    '-1',
    '99999999999999999999',
    'http://',
    's3://',
    'postgres://',
  ]) {
    const messages = option.schema.safeParse(text).error?.issues.map(({ message }) => message) ?? []
    // What is absent is said to be missing before, unless it may be.
    if (text !== undefined) for (const message of messages) expect(message).not.toMatch(VALIDATOR)
  }
})

test('an option is named as it was given', async () => {
  const cli = await testCli()
  const given = { environment: { SENIO_PUBLISH_URL: 'pi.local/publish/rpi', SENIO_PUBLISH_KEY: 'k' } }
  const { exitCode, stderr } = await cli.runWith(given, 'publish', 'temp=1')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^senio: SENIO_PUBLISH_URL: "pi.local\/publish\/rpi" /)
})
