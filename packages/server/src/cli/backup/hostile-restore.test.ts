import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import {
  cp,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStorage } from '../../open-storage.ts'
import type { ImageStore } from '../../storage/image-store.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { type TestCli, testCli } from '../testing/test-cli.ts'
import { readTar } from './tar-reader.ts'
import { writeBackup } from './write-backup.ts'
import { writeFolder } from './write-folder.ts'

interface Entry {
  readonly name: string
  readonly bytes: Buffer
}

let cli: TestCli
/** An installation with two pictures, and its backups: `data`, `whole.tar`, `folder`. */
let made: string
/** Those of its file: the database, two pictures, the manifest. */
let entries: readonly Entry[]
const at = (path: string): string => join(cli.directory, path)

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'senio-hostile-'))
  const server = await TestServer.start({ dataDir: join(made, 'data') })
  const { key } = await server.sensor('rpi', ['cam1:image'])
  for (const seed of [1, 2]) {
    await server.app.inject({
      method: 'POST',
      url: `/publish/rpi?field=cam1&timestamp=${1_600_000_000_000 + seed}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
      payload: await jpeg(32, 24, seed),
    })
  }
  const options = {
    storage: server.installation.storage,
    withCopy: async (dataDir: string, use: (images: ImageStore) => Promise<void>) => {
      const copy = await openStorage({ dataDir, onFatal: () => undefined })
      try {
        await use(copy.images)
      } finally {
        await copy.close()
      }
    },
    now: server.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  }
  await writeBackup({ ...options, file: join(made, 'whole.tar') })
  await writeFolder({ ...options, folder: join(made, 'folder'), picturesOnly: false, verify: false })
  await server.stop()
  const read: Entry[] = []
  for await (const { name, stream } of readTar(join(made, 'whole.tar')))
    read.push({ name, bytes: await buffer(stream()) })
  entries = read
}, 300_000)
afterAll(() => rm(made, { recursive: true }))

beforeEach(async () => {
  cli = await testCli()
  await cp(made, cli.directory, { recursive: true })
})

type Header = Parameters<ReturnType<typeof pack>['entry']>[0]

async function writeTar(
  file: string,
  parts: readonly (Header & { readonly content?: Buffer })[],
): Promise<void> {
  const tar = pack()
  const written = pipeline(tar, createWriteStream(at(file)))
  for (const { content, ...header } of parts) tar.entry(header, content ?? Buffer.alloc(0))
  tar.finalize()
  await written
}

const asFiles = (list: readonly Entry[]) => list.map(({ name, bytes }) => ({ name, content: bytes }))

/** It is refused for this reason, and nothing is left. */
async function expectRefusal(file: string, reason: string | RegExp): Promise<void> {
  const run = await cli.run('restore', file, '--data-dir', 'again', '--json')
  expect(run.problem().detail).toMatch(reason)
  expect(run.exitCode).not.toBe(0)
  expect(await readdir(at('again'))).toStrictEqual([])
}

describe('a backup file', { timeout: 60_000 }, () => {
  test('of which a hostile one is made is restored as it is', async () => {
    await writeTar('same.tar', asFiles(entries))
    expect(await cli.run('restore', 'same.tar', '--data-dir', 'again')).toMatchObject({ exitCode: 0 })
  })

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'pictures/../../x',
    `pictures/${'A'.repeat(40)}`,
    'originals/ab',
    '\u001b[2Jgone',
    'a'.repeat(150),
  ])('with the odd name %j is refused', async (name) => {
    const [database, ...rest] = asFiles(entries)
    await writeTar('odd.tar', [
      ...(database === undefined ? [] : [database]),
      { name, content: Buffer.from('x') },
      ...rest,
    ])
    await expectRefusal('odd.tar', /^This is not a whole backup: (?:it holds )?"[ -~]*"/)
    await writeTar('odd.tar', [{ name, content: Buffer.from('x') }, ...asFiles(entries)])
    await expectRefusal('odd.tar', /begins otherwise|is no file/)
  })

  test.each([
    ['symlink', { linkname: '/etc/passwd' }],
    ['link', { linkname: 'senio.db' }],
    ['directory', {}],
    ['character-device', { devmajor: 1, devminor: 5 }],
    ['block-device', { devmajor: 8, devminor: 0 }],
    ['fifo', {}],
  ] as const)('with a %s in place of any entry is refused', async (type, more) => {
    for (const index of entries.keys()) {
      const parts = entries.map(({ name, bytes }, n) =>
        n === index ? { name, type, ...more } : { name, content: bytes },
      )
      await writeTar('link.tar', parts)
      await expectRefusal('link.tar', 'in it is no file')
    }
  })

  test('that is cut anywhere is refused', async () => {
    const whole = await readFile(at('whole.tar'))
    // The last two blocks are its end: without them it is still whole.
    for (const length of [0, 1, 511, 512, 513, 5000, whole.length - 2000, whole.length - 1025]) {
      await writeFile(at('cut.tar'), whole.subarray(0, length))
      await expectRefusal('cut.tar', /its end is missing|it begins otherwise/)
    }
  })

  test('that holds other than its manifest says is refused before anything is written', async () => {
    const [database, first, second, manifest] = asFiles(entries)
    if (database === undefined || first === undefined || second === undefined || manifest === undefined)
      throw new TypeError('The backup holds two pictures.')
    const larger = { ...database, content: Buffer.concat([database.content, Buffer.alloc(512)]) }
    await writeTar('other.tar', [larger, first, second, manifest])
    await expectRefusal('other.tar', 'the database is damaged in it')
    await writeTar('other.tar', [database, first, first, manifest])
    await expectRefusal('other.tar', 'is twice in it')
    await writeTar('other.tar', [database, first, manifest])
    await expectRefusal('other.tar', 'it holds 1 pictures, and its manifest says 2')
    const longer = { ...second, content: Buffer.concat([second.content, Buffer.alloc(1)]) }
    await writeTar('other.tar', [database, first, longer, manifest])
    await expectRefusal('other.tar', 'longer or shorter')
    const damaged = { ...second, content: Buffer.from(second.content).fill(7, 50, 60) }
    await writeTar('other.tar', [database, first, damaged, manifest])
    await expectRefusal('other.tar', /the picture [0-9a-f]{40} is damaged in it/)
    await writeTar('other.tar', [database, first, second, { ...manifest, content: Buffer.from('{') }])
    await expectRefusal('other.tar', 'This is not a whole backup')
  })

  test('that takes no room itself, and would fill the disk, is refused', async () => {
    const bytes = 2 ** 43
    const [, , , manifest] = entries
    const said = JSON.parse(manifest?.bytes.toString() ?? '') as object
    const content = {
      ...said,
      database: { bytes, sha256: '0'.repeat(64) },
      pictures: { count: 0, bytes: 0 },
    }
    await writeTar('small.tar', [
      { name: 'senio.db', content: Buffer.alloc(512) },
      { name: 'manifest.json', content: Buffer.from(JSON.stringify(content)) },
    ])
    const small = await readFile(at('small.tar'))
    const header = Buffer.from(small.subarray(0, 512))
    header.fill(0, 124, 136).writeUInt8(0x80, 124)
    header.writeUIntBE(bytes, 130, 6)
    header.fill(' ', 148, 156)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const handle = await open(at('bomb.tar'), 'w')
    await handle.write(header, 0, 512, 0)
    await handle.write(small, 1024, small.length - 1024, 512 + bytes)
    await handle.close()
    await expectRefusal(
      'bomb.tar',
      /^The backup needs [\d.,]+ \w+, and the disk of .* has .* left\. Nothing was restored/,
    )
    // And one that is cut there.
    await truncate(at('bomb.tar'), bytes)
    await expectRefusal('bomb.tar', 'its end is missing')
  })

  test('that is no file is refused', async () => {
    await promisify(execFile)('mkfifo', [at('pipe.tar')])
    await expectRefusal('pipe.tar', 'it is no file')
  })

  test('that is cut gives back the pictures that it has, and says that it lacks others', async () => {
    const whole = await readFile(at('whole.tar'))
    const [database, first] = entries
    if (database === undefined || first === undefined) throw new TypeError('The backup holds both.')
    const blocks = (entry: Entry): number => 512 + Math.ceil(entry.bytes.length / 512) * 512
    await writeFile(at('cut.tar'), whole.subarray(0, blocks(database) + blocks(first) + 600))
    await rm(at('data/originals'), { recursive: true })
    const run = await cli.run('restore', 'cut.tar', '--pictures-only', '--json')
    expect(run.problem().detail).toContain(
      '1 pictures were put back from it; take another backup for the other 1',
    )
    const check = await cli.run('check', '--json')
    expect(check.json()).toMatchObject({ problems: [{ kind: 'picture-missing' }] })
  })
})

describe('a backup folder', { timeout: 60_000 }, () => {
  const replaceBy = async (path: string, target: string): Promise<void> => {
    await rm(path)
    await symlink(target, path)
  }

  test.each(['manifest.json', 'senio-'])('whose %s is a link to a device is refused', async (beginning) => {
    const name = (await readdir(at('folder'))).find((one) => one.startsWith(beginning)) ?? ''
    await replaceBy(at(`folder/${name}`), '/dev/zero')
    await expectRefusal('folder', 'is no file')
  })

  test('whose pictures are links to devices, or directories, is refused', async () => {
    const names = await readdir(at('folder/pictures'), { recursive: true })
    const picture = at(`folder/pictures/${names.find((name) => /[0-9a-f]{40}$/.test(name)) ?? ''}`)
    await replaceBy(picture, '/dev/zero')
    await expectRefusal('folder', 'is damaged in it')
    await rm(picture)
    await mkdir(picture)
    await expectRefusal('folder', /./)
  })

  test('whose database or manifest has another length is refused', async () => {
    const name = (await readdir(at('folder'))).find((one) => one.endsWith('.db')) ?? ''
    await truncate(at(`folder/${name}`), 2 ** 40)
    await expectRefusal('folder', 'the database is damaged in it')
    await writeFile(at('folder/manifest.json'), '{')
    await expectRefusal('folder', 'it has no manifest that can be read')
  })
})
