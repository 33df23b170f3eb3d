import { readFile } from 'node:fs/promises'
import { SenioError } from '@senio/protocol'

/**
 * A file that the user named.
 * @throws SenioError `parameter-invalid` when it can't be read
 */
export async function readNamedFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(path)
  } catch (cause) {
    const reason =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'is not there' : "can't be read"
    throw new SenioError('parameter-invalid', `The file ${path} ${reason}.`, { cause })
  }
}
