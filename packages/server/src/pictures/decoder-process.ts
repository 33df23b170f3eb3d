/**
 * The program of a decoder process: reads pictures from the channel to its parent and answers with renditions, or with
 * the strips that keograms are made of.
 * It holds no secrets and no open files, so a picture that takes it over gains little.
 */
import { writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import type { FromDecoder, ToDecoder } from './decoder-messages.ts'
import { encodePixels } from './encode-pixels.ts'
import { exifOf } from './exif-of.ts'
import { makeRendition, restrictImageLibrary } from './make-rendition.ts'
import { makeStrips } from './make-strips.ts'

restrictImageLibrary()
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
// Where memory is short, Linux shall end this process before the server. Other systems have no such file.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined)

// The parent decides when to stop: a Ctrl-C or a stop of the service reaches the whole group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

let original = Buffer.alloc(0)
let filled = 0
let request = { box: 0, maxPixels: 0 }

process.on('message', (message: ToDecoder) => {
  switch (message.kind) {
    case 'picture':
      original = Buffer.allocUnsafeSlow(message.bytes)
      filled = 0
      request = message
      break
    case 'chunk':
      original.set(message.bytes.subarray(0, original.length - filled), filled)
      filled = Math.min(original.length, filled + message.bytes.length)
      break
    case 'end':
      void makeRendition(original.subarray(0, filled), request).then(answer)
      original = Buffer.alloc(0)
      break
    case 'read-exif':
      void exifOf(original.subarray(0, filled), request.maxPixels).then((exif) =>
        answer({ kind: 'exif', exif }),
      )
      original = Buffer.alloc(0)
      break
    case 'strips':
      void makeStrips(message).then((strips) => answer({ kind: 'strips', strips }))
      break
    case 'encode':
      void encodePixels(message).then(
        (bytes) => answer({ kind: 'encoded', bytes }),
        (error: unknown) => answer({ kind: 'undecodable', reason: String(error) }),
      )
      break
  }
})

answer({ kind: 'ready' })

function answer(message: FromDecoder): void {
  process.send?.(message)
}
