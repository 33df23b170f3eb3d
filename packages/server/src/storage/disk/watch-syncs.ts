import type { SenioError } from '@senio/protocol'
import { errorCode, type FileSystem } from './file-system.ts'
import { storageError } from './storage-error.ts'

/**
 * A file system that tells of each sync that failed otherwise than for want of room: what was written before is in doubt
 * then, and a later sync may report success all the same. The call rejects as it would have.
 */
export function watchSyncs(fileSystem: FileSystem, onFailed: (error: SenioError) => void): FileSystem {
  const watched = async (sync: () => Promise<void>): Promise<void> => {
    try {
      await sync()
    } catch (cause) {
      const error = storageError(cause)
      // A disk that is read-only says so again the next time.
      if (error.code === 'storage-failing' && errorCode(cause) !== 'EROFS') onFailed(error)
      throw cause
    }
  }
  return {
    ...fileSystem,
    create: async (path) => {
      const file = await fileSystem.create(path)
      return { ...file, sync: () => watched(() => file.sync()) }
    },
    syncDirectory: (path) => watched(() => fileSystem.syncDirectory(path)),
  }
}
