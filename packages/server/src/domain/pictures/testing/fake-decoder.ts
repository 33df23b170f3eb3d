import { buffer } from 'node:stream/consumers'
import type { KeogramColumn } from '@senio/protocol'
import type { ExifJson } from '@senio/protocol/api'
import type { OpenBlob } from '../../../storage/blob-store.ts'
import type { Decoded, PictureDecoder, Pixels, RenditionSize, Strip } from '../picture-decoder.ts'

/** A decoder for tests: the rendition says of which bytes and size it was made. `decide` may delay or refuse. */
export class FakeDecoder implements PictureDecoder {
  /** What was decoded, in the order in which it was begun. */
  readonly begun: string[] = []
  running = 0
  mostRunning = 0
  isClosed = false
  /** Strips are made when it resolves. */
  gate: Promise<void> = Promise.resolve()
  decide: (content: string, size: RenditionSize) => Promise<Decoded | null> | null = () => null

  async decode(source: OpenBlob, size: RenditionSize): Promise<Decoded> {
    const content = (await buffer(source.stream())).toString()
    this.begun.push(`${content} ${size}`)
    this.running++
    this.mostRunning = Math.max(this.mostRunning, this.running)
    try {
      return (await this.decide(content, size)) ?? decodedOf(content, size)
    } finally {
      this.running--
    }
  }

  /** Every byte of a strip is the first letter of what its thumb was made of; what begins with "?" can't be read. */
  async strips(thumbs: readonly Uint8Array[], column: KeogramColumn): Promise<readonly (Strip | null)[]> {
    this.begun.push(`${thumbs.length} strips, ${column}`)
    await this.gate
    return thumbs.map((thumb) => {
      const letter = /thumb of (.)/.exec(Buffer.from(thumb).toString())?.[1] ?? ''
      return letter === '?' ? null : new Uint8Array(8).fill(letter.charCodeAt(0))
    })
  }

  async encode({ pixels, width, height }: Pixels): Promise<Uint8Array> {
    this.begun.push(`${width}×${height}`)
    return fakeWebp(Buffer.from(pixels.subarray(0, width * 4)))
  }

  async exif(source: OpenBlob): Promise<ExifJson> {
    return { camera: (await buffer(source.stream())).toString() }
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

function decodedOf(content: string, size: RenditionSize): Decoded {
  return { outcome: 'decoded', bytes: fakeRendition(content, size), width: 640, height: 480, damaged: false }
}

/** Bytes in the container of a WebP picture. */
export function fakeRendition(content: string, size: RenditionSize): Buffer {
  return fakeWebp(Buffer.from(`${size} of ${content}`))
}

function fakeWebp(content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), content])
  const head = Buffer.from('RIFF\0\0\0\0')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
