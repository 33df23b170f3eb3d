import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const schema = z.array(z.base64())

/** Inputs that a target's corpus file holds, in their order; none when there is no file. */
export async function readCorpus(target: string): Promise<readonly Uint8Array[]> {
  try {
    const lines: unknown = JSON.parse(await readFile(fileOf(target), 'utf8'))
    return schema.parse(lines).map((line) => Buffer.from(line, 'base64'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Replaces the corpus of a target, one input a line. */
export async function writeCorpus(target: string, inputs: readonly Uint8Array[]): Promise<void> {
  const lines = inputs.map((input) => Buffer.from(input).toString('base64'))
  await writeFile(fileOf(target), `${JSON.stringify(lines, null, 2)}\n`)
}

function fileOf(target: string): URL {
  return new URL(`./corpus/${target}.json`, import.meta.url)
}
