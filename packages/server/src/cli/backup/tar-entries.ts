import type { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { notABackup } from './not-a-backup.ts'

/** A file in a tar file: its bytes, to be read before the next one is asked for. */
export type TarEntry = AsyncIterable<Uint8Array> & { readonly header: { readonly name: string } }

/**
 * The files of a tar file, in their order. The source ends with it.
 * @throws SenioError `parameter-invalid` for anything else in it: what claims to be a directory and to have bytes never ends
 */
export async function* tarEntries(source: Readable): AsyncGenerator<TarEntry> {
  const tar = extract()
  source.once('error', (error) => tar.destroy(error))
  source.pipe(tar)
  try {
    for await (const entry of tar as AsyncIterable<
      TarEntry & { readonly header: { readonly type: string } }
    >) {
      const { name, type } = entry.header
      if (type !== 'file') throw notABackup(`"${name}" in it is no file`)
      yield entry
    }
  } finally {
    source.destroy()
    tar.destroy()
  }
}
