import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testCli } from '../testing/test-cli.ts'

test.each([
  ['nowhere/senio.tar', 'nowhere: there is no such directory. Make it first'],
  ['letter.txt/senio.tar', 'letter.txt: that is no directory'],
])('a backup is not written to %s, and the directory is named', async (file, words) => {
  const cli = await testCli()
  await cli.run('user', 'create', '--email', 'me@example.org')
  await writeFile(join(cli.directory, 'letter.txt'), '')
  const { exitCode, problem } = await cli.run('backup', file, '--json')
  expect(exitCode).toBe(1)
  expect(problem()).toMatchObject({
    code: 'parameter-invalid',
    field: 'file',
    detail: expect.stringContaining(words) as string,
  })
  expect((await readdir(cli.directory)).toSorted()).toStrictEqual(['data', 'letter.txt'])
})
