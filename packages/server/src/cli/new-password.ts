import { randomInt } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { CliIo } from './io.ts'

/** Without characters that look alike. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of five characters: 100 random bits. */
export function randomPassword(): string {
  const group = () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

/**
 * A new password: the first line of standard input, or asked twice on a terminal, or a random one that is to be
 * shown.
 * @throws SenioError `parameter-invalid` when the two answers differ
 */
export async function newPassword(
  io: CliIo,
  fromStdin: boolean,
): Promise<{ readonly password: string; readonly generated: boolean }> {
  if (fromStdin) return { password: await firstLine(io.stdin), generated: false }
  if (!io.interactive) return { password: randomPassword(), generated: true }
  const password = await io.ask('Password (10 characters or more; empty for a random one): ', {
    hidden: true,
  })
  if (password === '') return { password: randomPassword(), generated: true }
  if ((await io.ask('Once more: ', { hidden: true })) !== password) {
    throw new SenioError('parameter-invalid', 'The two passwords differ. Nothing was changed.', {
      field: 'password',
    })
  }
  return { password, generated: false }
}

async function firstLine(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of input) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? ''
}
