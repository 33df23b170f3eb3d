import type { FileSystem } from './file-system.ts'

/** A file system that tells how many ms each of its syncs took, of files and of directories. */
export function timedFileSystem(fileSystem: FileSystem, onSync: (ms: number) => void): FileSystem {
  const timed = async (sync: () => Promise<void>): Promise<void> => {
    const started = performance.now()
    await sync()
    onSync(performance.now() - started)
  }
  return {
    ...fileSystem,
    create: async (path) => {
      const file = await fileSystem.create(path)
      return { ...file, sync: () => timed(() => file.sync()) }
    },
    syncDirectory: (path) => timed(() => fileSystem.syncDirectory(path)),
  }
}
