import { buffer } from 'node:stream/consumers'
import type { OpenBlob } from '../../../storage/blob-store.ts'
import type { Decoded, PictureDecoder, RenditionSize } from '../picture-decoder.ts'

/** A decoder for tests: the rendition says of which bytes and size it was made. `decide` may delay or refuse. */
export class FakeDecoder implements PictureDecoder {
  /** What was decoded, in the order in which it was begun. */
  readonly begun: string[] = []
  running = 0
  mostRunning = 0
  isClosed = false
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

  async close(): Promise<void> {
    this.isClosed = true
  }
}

function decodedOf(content: string, size: RenditionSize): Decoded {
  return { outcome: 'decoded', bytes: fakeRendition(content, size), width: 640, height: 480, damaged: false }
}

/** Bytes in the container of a WebP picture, as far as the cache looks at it. */
export function fakeRendition(content: string, size: RenditionSize): Buffer {
  const body = Buffer.from(`WEBP${size} of ${content}`)
  const head = Buffer.from('RIFF\0\0\0\0')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
