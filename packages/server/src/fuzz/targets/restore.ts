import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { timestampMs } from '@senio/protocol'
import { pack } from 'tar-stream'
import { DATABASE_ENTRY, type Manifest, MANIFEST_ENTRY, pictureEntry } from '../../cli/backup/format.ts'
import { readBackup } from '../../cli/backup/read-backup.ts'
import { MemoryBlobStore } from '../../domain/pictures/testing/memory-blob-store.ts'
import { MemoryImageStore } from '../../domain/pictures/testing/memory-image-store.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

const DATABASE = Buffer.from('the database')
const PICTURES = ['one', 'two'].map((text) => Buffer.from(text))
const NOW = timestampMs(1_700_000_000_000)
/** Between entries, and between the name and the content of one. */
const [ENTRY, CONTENT] = ['\x1e', '\x1f']
const BLOCK = 512

const digest = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex')

const manifest: Manifest = {
  format: 'senio-backup',
  version: 1,
  created: NOW,
  database: { bytes: DATABASE.length, sha256: digest('sha256', DATABASE) },
  pictures: { count: PICTURES.length, bytes: PICTURES.reduce((sum, { length }) => sum + length, 0) },
  lost: [],
}

const written = (...entries: readonly (readonly [name: string, content: string])[]): Buffer =>
  Buffer.from(entries.map(([name, content]) => `${name}${CONTENT}${content}`).join(ENTRY), 'latin1')
const database = [DATABASE_ENTRY, DATABASE.toString()] as const
const pictures = PICTURES.map((bytes) => [pictureEntry(digest('sha1', bytes)), bytes.toString()] as const)
const ended = (said: unknown) => [MANIFEST_ENTRY, JSON.stringify(said)] as const

/** The tar file that an input describes. An entry "!" changes one byte of what comes before it, and mends the checksum. */
async function tarOf(input: Uint8Array): Promise<Buffer> {
  const tar = pack()
  const patches: (readonly [at: number, value: number])[] = []
  for (const entry of Buffer.from(input).toString('latin1').split(ENTRY)) {
    const [name = '', ...rest] = entry.split(CONTENT)
    const content = Buffer.from(rest.join(CONTENT), 'latin1')
    if (name === '!') {
      const [high = 0, low = 0, value = 0] = content
      patches.push([high * 256 + low, value])
    } else tar.entry({ name: name === '' ? 'x' : name, size: content.length }, content)
  }
  tar.finalize()
  const bytes = await buffer(tar)
  for (const [at, value] of patches) {
    if (at >= bytes.length) continue
    bytes[at] = value
    mendChecksum(bytes.subarray(at - (at % BLOCK), at - (at % BLOCK) + BLOCK))
  }
  return bytes
}

/** Of a header: the sum of its bytes, with its own eight as spaces. */
function mendChecksum(header: Buffer): void {
  if (header.toString('latin1', 257, 262) !== 'ustar') return
  header.fill(' ', 148, 156)
  const sum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
}

/** Whatever is in a tar file, it is restored whole and verified, or refused, and nothing is written beside. */
export function restore(): FuzzTarget {
  let directory: Promise<string> | null = null
  return {
    name: 'restore',
    modules: ['/cli/backup/', '/tar-stream/'],
    dictionary: [
      ENTRY,
      CONTENT,
      `${ENTRY}!${CONTENT}`,
      DATABASE_ENTRY,
      MANIFEST_ENTRY,
      'pictures/',
      '../../x',
      '/etc/x',
      'x'.repeat(300),
      ...pictures.map(([name]) => name),
      '"lost":["',
      '"count":1',
      '"bytes":0',
      '"version":2',
      '{',
      '}',
      ',',
      '[]',
      'null',
      '1e999',
      '"__proto__":',
    ],
    seeds: async () => [
      written(database, ...pictures, ended(manifest)),
      written(database, ...pictures),
      written(database, ended(manifest)),
      written(database, ended({ ...manifest, pictures: { count: 0, bytes: 0 } })),
      written(...pictures, database, ended(manifest)),
      written(database, ...pictures, ...pictures, ended({ ...manifest, pictures: { count: 4, bytes: 12 } })),
      written(database, ...pictures, ended({ ...manifest, database: { bytes: 1, sha256: 'a'.repeat(64) } })),
      written(
        database,
        ['pictures/../../x', 'x'],
        ['!', '\x00\x9c5'],
        ended({ ...manifest, lost: pictures.map(([name]) => name.slice(-40)) }),
      ),
      written(database, ...pictures, ended(manifest), ['!', '\x00\x7c\x80'], ['!', '\x00\x7c\xff']),
      Buffer.from(''),
    ],
    async run(input) {
      const home = await (directory ??= mkdtemp(
        join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'senio-fuzz-'),
      ))
      const [file, target] = [join(home, 'backup.tar'), join(home, 'target')]
      await writeFile(file, await tarOf(input))
      await rm(target, { recursive: true, force: true })
      await mkdir(target)
      const { outcome, originals } = await restoreFrom(file, target)
      promiseEqual((await readdir(home)).toSorted(), ['backup.tar', 'target'], 'nothing is written beside')
      promise(
        (await readdir(target)).every((name) => name === DATABASE_ENTRY),
        'nothing but the database is unpacked',
      )
      for (const [sha1, { bytes }] of originals.blobs) {
        promise(digest('sha1', bytes) === sha1, 'pictures are what they were')
      }
      promise(originals.drafts === 0, 'no draft is left')
      if (!('value' in outcome)) {
        promise(outcome.code === 'parameter-invalid', `${outcome.code} is what no backup is refused with`)
        return
      }
      const missing = PICTURES.map((bytes) => digest('sha1', bytes)).filter(
        (sha1) => !originals.blobs.has(sha1),
      )
      promise(
        missing.every((sha1) => outcome.value.lost.includes(sha1)),
        'no picture is missing but those that were lost',
      )
      promiseEqual(outcome.value.database, manifest.database, 'the database is verified')
    },
    async close() {
      if (directory !== null) await rm(await directory, { recursive: true, force: true })
    },
  }
}

async function restoreFrom(
  file: string,
  directory: string,
): Promise<{ readonly outcome: Outcome<Manifest>; readonly originals: MemoryBlobStore }> {
  const originals = new MemoryBlobStore(() => NOW)
  const images = new MemoryImageStore()
  for (const bytes of PICTURES) {
    const hashes = { sha1: digest('sha1', bytes), sha256: digest('sha256', bytes) }
    images.add({
      ...hashes,
      bytes: bytes.length,
      mediaType: 'image/png',
      width: 1,
      height: 1,
      damaged: false,
      created: NOW,
    })
  }
  const storage = { images, originals, findFaults: async () => [] }
  try {
    const value = await readBackup({
      file,
      directory,
      withStorage: (use) => use(storage),
      requireRoom: async () => undefined,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    return { outcome: { value }, originals }
  } catch (error) {
    return { outcome: refusal(error), originals }
  }
}
