import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { testCli } from '../testing/test-cli.ts'

/** A tar file of one entry that claims to be something else than a file, and to have bytes all the same. */
async function tarOf(typeFlag: string): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name: 'senio.db', size: 12 }, Buffer.from('the database'))
  tar.finalize()
  const bytes = await buffer(tar)
  bytes.write(typeFlag, 156, 'latin1')
  bytes.fill(' ', 148, 156)
  const sum = bytes.subarray(0, 512).reduce((sum, byte) => sum + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return bytes
}

test.each([
  ['a directory', '5'],
  ['a link', '2'],
  ['a device', '3'],
])('a backup file with %s in it is refused, and nothing is left', async (_, typeFlag) => {
  const cli = await testCli()
  await writeFile(join(cli.directory, 'b.tar'), await tarOf(typeFlag))
  const { exitCode, problem } = await cli.run('restore', 'b.tar', '--data-dir', 'again', '--json')
  expect(exitCode).toBe(1)
  expect(problem()).toMatchObject({ code: 'parameter-invalid', field: 'file' })
  expect(problem().detail).toContain('"senio.db" in it is no file')
  expect(await readdir(join(cli.directory, 'again'))).toStrictEqual([])
})

test('a backup folder with a manifest that is no JSON is refused', async () => {
  const cli = await testCli()
  await mkdir(join(cli.directory, 'b'))
  await writeFile(join(cli.directory, 'b', 'manifest.json'), '{"format":')
  const { exitCode, problem } = await cli.run('restore', 'b', '--data-dir', 'again', '--json')
  expect(exitCode).toBe(1)
  expect(problem()).toMatchObject({ code: 'parameter-invalid', field: 'file' })
})
