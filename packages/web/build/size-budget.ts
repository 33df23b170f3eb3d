import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

type Chunk = Pick<
  Rolldown.OutputChunk,
  'fileName' | 'isEntry' | 'facadeModuleId' | 'imports' | 'dynamicImports'
>

/** What a phone loads to draw a sensor's view for the first time, compressed. */
const MOST_BYTES = 200_000

/** The page of a view; what it loads of the field types on demand belongs to its first sight. */
const VIEW = '/src/sensors/sensor-page.tsx'
const PANELS = '/src/fields/'

/** Fails the build when the JavaScript of the first view becomes too large; otherwise says how large it is. */
export function sizeBudget(): Plugin {
  return {
    name: 'senio-size-budget',
    apply: 'build',
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const loaded = firstViewOf(chunks)
      const sizes = await Promise.all(
        loaded.map(async ({ fileName, code }) => ({
          fileName,
          bytes: (await promisify(brotliCompress)(code)).length,
        })),
      )
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
      this.info(
        `The first view loads ${inKilobytes(total)} of JavaScript, at most ${inKilobytes(MOST_BYTES)}.`,
      )
      if (total <= MOST_BYTES) return
      const lines = sizes
        .sort((a, b) => b.bytes - a.bytes)
        .map(({ fileName, bytes }) => `  ${inKilobytes(bytes)} ${fileName}`)
      this.error(
        `The first view loads ${inKilobytes(total)} of JavaScript, more than ${inKilobytes(MOST_BYTES)}. ` +
          `Load on demand what it doesn't need:\n${lines.join('\n')}`,
      )
    },
  }
}

/** The entry, the page of the view and its panels, each with everything that it imports. */
export function firstViewOf<Any extends Chunk>(chunks: readonly Any[]): Any[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Set<Any>()
  function add(chunk: Any | undefined): void {
    if (chunk === undefined || found.has(chunk)) return
    found.add(chunk)
    for (const name of chunk.imports) add(byName.get(name))
  }
  for (const chunk of chunks) if (chunk.isEntry) add(chunk)
  const view = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(VIEW) === true)
  if (view === undefined)
    throw new TypeError(`${VIEW} is no chunk of its own: say anew what the first view is.`)
  add(view)
  const onDemand = new Set([...found].flatMap(({ dynamicImports }) => dynamicImports))
  for (const name of onDemand) {
    const chunk = byName.get(name)
    if (chunk?.facadeModuleId?.includes(PANELS) === true) add(chunk)
  }
  return [...found]
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
