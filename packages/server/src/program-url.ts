/**
 * The file of a thread or process beside the module that starts it: TypeScript in the sources, a file of the same
 * name in the build, where all of them lie in one directory.
 *
 * @param importer `import.meta.url` of the module that starts it
 * @param path relative to that module in the sources, without an extension
 */
export function programUrl(importer: string, path: string): URL {
  return importer.endsWith('.ts')
    ? new URL(`${path}.ts`, importer)
    : new URL(`./${path.split('/').at(-1) ?? path}.js`, importer)
}
