import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { PlaceMark } from '../place-mark.ts'
import { DiskDraft } from './disk-draft.ts'
import { draftName, thisProcess } from './draft-names.ts'
import { errorCode, type FileSystem, nodeFileSystem } from './file-system.ts'
import { orStorageError } from './storage-error.ts'

/** A mark is short: more than that is none. */
const MOST_BYTES = 100

/**
 * The mark of a directory of originals, in the file `mark` beside them: see docs/formats/data-dir.md.
 * @param dir of a store that is open
 */
export function diskPlaceMark(dir: string, fs: FileSystem = nodeFileSystem): PlaceMark {
  const path = join(dir, 'mark')

  const read = (): Promise<string | null> =>
    orStorageError(async () => {
      try {
        return (await text(fs.read(path, 0, MOST_BYTES))).trim()
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null
        throw error
      }
    })

  const create = async (id: string): Promise<string> => {
    const draft = new DiskDraft({
      path: join(dir, 'tmp', draftName(thisProcess())),
      sync: true,
      fs,
      prepare: async () => path,
    })
    try {
      await draft.write(Buffer.from(`${id}\n`))
      await draft.commit('mark')
    } finally {
      await draft.discard()
    }
    return (await read()) ?? id
  }

  return {
    place: { kind: 'directory', name: dir },
    read,
    create,

    async replace(id) {
      await orStorageError(async () => {
        if ((await read()) !== null) await fs.remove(path)
      })
      await create(id)
    },
  }
}
