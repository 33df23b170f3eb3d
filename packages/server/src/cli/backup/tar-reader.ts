import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** What is wrong with a tar file, said of it. */
export class TarFault extends Error {}

/** A file in a tar file. */
export interface TarEntry {
  readonly name: string
  readonly bytes: number
  readonly stream: () => Readable
}

const BLOCK = 512

/**
 * The files in a tar file, in their order, one header at a time: nothing is read that nobody asks for, and nothing is believed
 * of what the headers say that the file itself doesn't have. Links, devices and directories are refused, and so is a file
 * that ends too early.
 *
 * @throws TarFault
 */
export async function* readTar(file: string): AsyncGenerator<TarEntry, void, undefined> {
  // Asked first: opening what is none may have no end.
  const facts = await stat(file)
  if (!facts.isFile()) throw new TarFault('it is no file; save what comes from elsewhere in one')
  const handle = await open(file, 'r')
  try {
    for (let at = 0; ;) {
      const header = await read(handle, at, BLOCK)
      if (header.length < BLOCK) throw new TarFault('its end is missing')
      if (header.every((byte) => byte === 0)) return
      const { name, type, bytes } = parseHeader(header)
      if (type !== '0') throw new TarFault(`"${printable(name)}" in it is no file`)
      const start = at + BLOCK
      at = start + Math.ceil(bytes / BLOCK) * BLOCK
      if (at > facts.size) throw new TarFault('its end is missing')
      yield {
        name,
        bytes,
        stream: () =>
          bytes === 0 ? Readable.from([]) : createReadStream(file, { start, end: start + bytes - 1 }),
      }
    }
  } finally {
    await handle.close()
  }
}

/** A name that may hold anything, for a message. */
export function printable(name: string): string {
  return name.replaceAll(/[^ -~]/g, '?').slice(0, 100)
}

/** POSIX ustar: fields of fixed widths, ended by NUL or a space. */
function parseHeader(header: Buffer): {
  readonly name: string
  readonly type: string
  readonly bytes: number
} {
  const field = (from: number, to: number): string =>
    header.toString('latin1', from, to).split('\0', 1)[0] ?? ''
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0)
  if (octal(field(148, 156)) !== sum) throw new TarFault('it is no tar file, or damaged')
  const prefix = field(345, 500)
  const type = field(156, 157)
  return {
    name: prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`,
    type: type === '' ? '0' : type,
    bytes: sizeOf(header.subarray(124, 136)),
  }
}

/** Above 8 GiB in base 256, after a byte of 0x80. */
function sizeOf(field: Buffer): number {
  if (field[0] !== 0x80) return octal(field.toString('latin1').split('\0', 1)[0] ?? '')
  if (field.readUIntBE(1, 5) !== 0) throw new TarFault('it is damaged')
  return field.readUIntBE(6, 6)
}

function octal(text: string): number {
  const digits = text.trim()
  if (!/^[0-7]+$/.test(digits)) throw new TarFault('it is no tar file, or damaged')
  return Number.parseInt(digits, 8)
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
