import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest'])

/** Smaller files gain nothing: they fit into one packet anyway. */
const WORTHWHILE_BYTES = 1024

/** Puts a `.br` and a `.gz` beside every text file of the build, so that a Raspberry Pi needn't compress them. */
export function precompress(): Plugin {
  let directory = ''
  return {
    name: 'senio-precompress',
    apply: 'build',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const files = await readdir(directory, { recursive: true, withFileTypes: true })
      for (const file of files) {
        if (file.isFile() && COMPRESSIBLE.has(extname(file.name)))
          await compress(join(file.parentPath, file.name))
      }
    },
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < WORTHWHILE_BYTES) return
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
}
