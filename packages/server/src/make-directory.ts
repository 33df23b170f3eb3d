import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { SenioError } from '@senio/protocol'

/** Why a directory can't be made, by Node's code, as the end of a sentence. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is something of that name that is no directory',
  ENAMETOOLONG: 'its name is too long',
}

/**
 * Makes a directory for its owner alone, and those above it, unless it is there. Node's recursive `mkdir` never ends
 * where nothing can be made, as under `/proc`.
 *
 * @param context.field the option that names it
 * @throws SenioError `parameter-invalid`, `storage-full`
 */
export async function makeDirectory(directory: string, context: { readonly field: string }): Promise<void> {
  const path = resolve(directory)
  try {
    await makeWithParents(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new SenioError('storage-full', `There is no room on the disk for the directory ${path}.`, {
        ...context,
        cause,
      })
    }
    const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause))
    throw new SenioError(
      'parameter-invalid',
      `The directory ${path} can't be made: ${reason}. Choose another with --${context.field}, or make it by hand.`,
      { ...context, cause },
    )
  }
}

async function makeWithParents(path: string): Promise<void> {
  try {
    await make(path)
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error
    await makeWithParents(dirname(path))
    // Where its parent is there and it can't be made all the same, that's the end.
    await make(path)
  }
}

async function make(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    // EROFS and EACCES may come before EEXIST.
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (!isThere) throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
