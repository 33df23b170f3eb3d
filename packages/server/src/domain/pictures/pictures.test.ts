import { buffer } from 'node:stream/consumers'
import { durationMs, SenioError } from '@senio/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { whileCollectorsRest } from './collectors-rest.ts'
import type { Decoded } from './picture-decoder.ts'
import { keep, readKept } from './kept-webp.ts'
import type { PicturesOptions } from './pictures.ts'
import { FakeDecoder, fakeRendition } from './testing/fake-decoder.ts'
import { PicturesBench, textOf, until } from './testing/pictures-bench.ts'

const benches: PicturesBench[] = []

function bench(options: Partial<PicturesOptions> = {}): PicturesBench {
  const bench = new PicturesBench(new FakeDecoder(), options)
  benches.push(bench)
  return bench
}

afterEach(async () => {
  for (const { pictures } of benches.splice(0)) await pictures.stop()
})

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return error instanceof SenioError ? error.code : `not ours: ${String(error)}`
  }
}

const undecodable: Decoded = { outcome: 'undecodable', reason: 'no picture' }
const full = new SenioError('storage-full', 'The disk is full.')

describe('thumbs in the background', () => {
  it('are made for pending pictures at the start, oldest first', async () => {
    const b = bench()
    const first = await b.publish('a')
    const second = await b.publish('b')
    b.pictures.start()
    await b.finished(second)
    expect(b.decoder.begun).toEqual(['a thumb', 'b thumb'])
    expect(b.images.rows.get(first)).toMatchObject({
      state: 'ready',
      width: 640,
      height: 480,
      damaged: false,
    })
    expect(await readKept(b.thumbs, first)).toEqual(fakeRendition('a', 'thumb'))
    expect(b.thumbs.drafts).toBe(0)
  })

  it('are made when a picture comes in', async () => {
    const b = bench()
    b.pictures.start()
    for (const content of ['a', 'b', 'c']) await b.finished(await b.publish(content))
    expect(b.thumbs.blobs.size).toBe(3)
  })

  it('leave a picture damaged that was cut short, whatever the decoder says', async () => {
    const b = bench()
    b.pictures.start()
    const sha1 = await b.publish('a', true)
    await b.finished(sha1)
    expect(b.images.rows.get(sha1)).toMatchObject({ state: 'ready', damaged: true })
  })

  it('fail for pictures that cannot be decoded, and go on with the next', async () => {
    const b = bench()
    b.decoder.decide = (content) => (content === 'bad' ? Promise.resolve(undecodable) : null)
    b.pictures.start()
    const bad = await b.publish('bad')
    const good = await b.publish('good')
    await b.finished(good)
    expect(b.images.rows.get(bad)).toMatchObject({
      state: 'failed',
      width: null,
      height: null,
      damaged: true,
    })
    expect(b.images.rows.get(good)?.state).toBe('ready')
  })

  it('go on after failures of the store, with the picture still pending', async () => {
    const b = bench()
    b.thumbs.failure = full
    b.pictures.start()
    const sha1 = await b.publish('a')
    await until(() => b.reported.length > 0)
    expect(b.reported).toEqual([full])
    expect(b.images.rows.get(sha1)?.state).toBe('pending')
    b.thumbs.failure = null
    b.waitHours(1)
    await b.finished(sha1)
    expect(b.images.rows.get(sha1)?.state).toBe('ready')
  })

  it('are as many at a time as set', async () => {
    const b = bench({ concurrency: 2 })
    for (const content of ['a', 'b', 'c', 'd']) await b.publish(content)
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    b.pictures.start()
    await until(() => b.decoder.running === 2)
    gate.resolve(null)
    await until(() => b.thumbs.blobs.size === 4)
    expect(b.decoder.mostRunning).toBe(2)
  })

  it('are finished when they were begun before the stop; the rest stays pending', async () => {
    const b = bench()
    const begun = await b.publish('a')
    const waiting = await b.publish('b')
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    b.pictures.start()
    await until(() => b.decoder.running === 1)
    const stopped = b.pictures.stop()
    gate.resolve(null)
    await stopped
    expect(b.images.rows.get(begun)?.state).toBe('ready')
    expect(b.images.rows.get(waiting)?.state).toBe('pending')
    expect(b.decoder.isClosed).toBe(true)
    expect(b.reported).toEqual([])
  })
})

describe('renditions on demand', () => {
  it('come from the store when they were made before', async () => {
    const b = bench()
    const sha1 = await b.publish('a')
    await keep(b.thumbs, sha1, fakeRendition('kept', 'thumb'))
    const thumb = await b.pictures.open(sha1, 'thumb')
    expect(thumb).toMatchObject({ mediaType: 'image/webp', isFinal: true, bytes: thumb.bytes })
    expect(await textOf(thumb)).toContain('thumb of kept')
    expect(b.decoder.begun).toEqual([])
  })

  it('are made and kept otherwise', async () => {
    const b = bench()
    const sha1 = await b.publish('a')
    expect(await textOf(await b.pictures.open(sha1, 'preview'))).toContain('preview of a')
    expect(await textOf(await b.pictures.open(sha1, 'preview'))).toContain('preview of a')
    expect(b.decoder.begun).toEqual(['a preview'])
    expect(b.images.rows.get(sha1)?.state).toBe('pending')
  })

  it('finish a pending picture with its thumb', async () => {
    const b = bench()
    const sha1 = await b.publish('a')
    await b.pictures.open(sha1, 'thumb')
    expect(b.images.rows.get(sha1)?.state).toBe('ready')
  })

  it('are made once when many ask at once, the background included', async () => {
    const b = bench()
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    b.pictures.start()
    const sha1 = await b.publish('a')
    await until(() => b.decoder.running === 1)
    const asked = Array.from({ length: 20 }, () => b.pictures.open(sha1, 'thumb'))
    gate.resolve(null)
    for (const picture of await Promise.all(asked)) expect(await textOf(picture)).toContain('thumb of a')
    expect(b.decoder.begun).toEqual(['a thumb'])
  })

  it('come before the background work', async () => {
    const b = bench()
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    for (const content of ['a', 'b', 'c']) await b.publish(content)
    const last = await b.publish('d')
    b.pictures.start()
    await until(() => b.decoder.running === 1)
    const preview = b.pictures.open(last, 'preview')
    gate.resolve(null)
    await preview
    expect(b.decoder.begun.indexOf('d preview')).toBeLessThan(2)
  })

  it('are a placeholder for what cannot be decoded, without trying again', async () => {
    const b = bench()
    b.decoder.decide = () => Promise.resolve(undecodable)
    const sha1 = await b.publish('a')
    for (const size of ['thumb', 'preview'] as const) {
      const picture = await b.pictures.open(sha1, size)
      expect(picture).toMatchObject({ mediaType: 'image/svg+xml', isFinal: false })
      const svg = await textOf(picture)
      expect(svg).toMatch(/^<svg [^]*This picture is damaged[^]*<\/svg>\n$/)
      expect(svg).not.toMatch(/style|script|href/)
      expect(Buffer.byteLength(svg)).toBe(picture.bytes)
    }
    expect(b.decoder.begun).toEqual(['a thumb'])
  })

  it('are served when they cannot be kept', async () => {
    const b = bench()
    b.previews.failure = full
    const sha1 = await b.publish('a')
    expect(await textOf(await b.pictures.open(sha1, 'preview'))).toContain('preview of a')
    expect(b.reported).toEqual([full])
  })

  it('are made again when a power cut left half of them', async () => {
    const b = bench()
    const sha1 = await b.publish('a')
    for (const left of [Buffer.alloc(0), Buffer.alloc(30), fakeRendition('a', 'thumb').subarray(0, 15)]) {
      b.thumbs.put(sha1, left)
      expect(await textOf(await b.pictures.open(sha1, 'thumb'))).toContain('thumb of a')
      expect(await readKept(b.thumbs, sha1)).toEqual(fakeRendition('a', 'thumb'))
    }
  })

  it('are refused for now when they take too long, and are there later', async () => {
    const b = bench({ patience: durationMs(5) })
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    const sha1 = await b.publish('a')
    expect(await codeOf(b.pictures.open(sha1, 'thumb'))).toBe('overloaded')
    gate.resolve(null)
    await b.finished(sha1)
    expect(await textOf(await b.pictures.open(sha1, 'thumb'))).toContain('thumb of a')
  })

  it('are refused for now when too many wait', async () => {
    const b = bench({ maxWaiting: 2 })
    const gate = Promise.withResolvers<null>()
    b.decoder.decide = () => gate.promise
    const sha1s = await Promise.all(['a', 'b', 'c', 'd'].map((content) => b.publish(content)))
    const codes = Promise.all(sha1s.map((sha1) => codeOf(b.pictures.open(sha1, 'preview'))))
    await until(() => b.decoder.running === 1)
    gate.resolve(null)
    expect((await codes).sort()).toEqual(['none', 'none', 'none', 'overloaded'])
  })

  it('are refused after the stop', async () => {
    const b = bench()
    const sha1 = await b.publish('a')
    await b.pictures.stop()
    expect(await codeOf(b.pictures.open(sha1, 'thumb'))).toBe('shutting-down')
  })

  it('of unknown pictures are not found', async () => {
    const b = bench()
    for (const size of ['thumb', 'preview', 'original'] as const) {
      expect(await codeOf(b.pictures.open('0'.repeat(40), size))).toBe('not-found')
    }
  })
})

describe('originals', () => {
  it('come byte for byte', async () => {
    const b = bench()
    const bytes = 'x'.repeat(200_000)
    const original = await b.pictures.open(await b.publish(bytes), 'original')
    expect(original).toMatchObject({ mediaType: 'image/jpeg', bytes: 200_000, isFinal: true })
    expect(await textOf(original)).toBe(bytes)
  })

  it('are refused when the disk changed them', async () => {
    const b = bench()
    const sha1 = await b.publish('abc')
    b.originals.put(sha1, Buffer.from('abd'))
    expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
    b.originals.put(sha1, Buffer.from('ab'))
    expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
    b.originals.blobs.delete(sha1)
    expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
  })

  it('never end as if they were whole when the disk changes them on the way', async () => {
    const b = bench()
    // Small ones are held in memory from the moment that they are verified.
    const bytes = Buffer.alloc(1024 * 1024, 'abc')
    const sha1 = await b.publish(bytes)
    b.originals.put(sha1, bytes)
    const original = await b.pictures.open(sha1, 'original')
    bytes.write('abd')
    expect(await codeOf(textOf(original))).toBe('storage-failing')
  })

  it('that are large are read whole once, and then as far as they are asked for', async () => {
    const b = bench()
    const bytes = Buffer.alloc(1024 * 1024, 'abc')
    const sha1 = await b.publish(bytes)
    const range = { start: 10, end: 30 }
    const part = async () => buffer((await b.pictures.open(sha1, 'original')).stream(range))
    for (let n = 0; n < 10; n++) expect(await part()).toStrictEqual(bytes.subarray(10, 30))
    expect(b.originals.bytesRead).toBe(bytes.length + 10 * 20)
    b.waitHours(1)
    await part()
    expect(b.originals.bytesRead).toBe(2 * bytes.length + 11 * 20)
  })

  it('that are large are read again when other bytes are there', async () => {
    const b = bench()
    const bytes = Buffer.alloc(1024 * 1024, 'abc')
    const sha1 = await b.publish(bytes)
    await b.pictures.open(sha1, 'original')
    b.originals.put(sha1, Buffer.alloc(1024 * 1024, 'abd'))
    for (let n = 0; n < 2; n++)
      expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
    b.originals.put(sha1, bytes)
    expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('none')
  })

  it('that are large and turn out to be damaged while they are sent are noted, and refused from then on', async () => {
    const b = bench()
    const bytes = Buffer.alloc(1024 * 1024, 'abc')
    const sha1 = await b.publish(bytes)
    b.originals.put(sha1, bytes)
    await b.pictures.open(sha1, 'original')
    bytes.write('abd')
    const picture = await b.pictures.open(sha1, 'original')
    expect(await codeOf(textOf(picture))).toBe('storage-failing')
    expect(b.damaged).toStrictEqual([`damaged ${sha1}`])
    expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
  })

  it('that the disk changed or lost get a placeholder for a thumb', async () => {
    const b = bench()
    const changed = await b.publish('abc')
    b.originals.put(changed, Buffer.from('abd'))
    const lost = await b.publish('b')
    b.originals.blobs.delete(lost)
    for (const sha1 of [changed, lost]) {
      expect((await b.pictures.open(sha1, 'thumb')).mediaType).toBe('image/svg+xml')
    }
    expect(b.reported).toHaveLength(2)
    expect(b.damaged).toStrictEqual([`damaged ${changed}`, `missing ${lost}`])
  })

  it('that are damaged are noted when somebody asks for them', async () => {
    const b = bench()
    const small = await b.publish('abc')
    b.originals.put(small, Buffer.from('abd'))
    const large = await b.publish(Buffer.alloc(1024 * 1024, 'abc'))
    b.originals.put(large, Buffer.alloc(1024 * 1024, 'abd'))
    const cut = await b.publish('abcd')
    b.originals.put(cut, Buffer.from('abc'))
    const lost = await b.publish('b')
    b.originals.blobs.delete(lost)
    // Other bytes with the same SHA-1.
    const collides = await b.publish('abcde')
    const row = b.images.rows.get(collides)
    if (row !== undefined) b.images.rows.set(collides, { ...row, sha256: '0'.repeat(64) })
    for (const sha1 of [small, large, cut, lost, collides]) {
      expect(await codeOf(b.pictures.open(sha1, 'original'))).toBe('storage-failing')
    }
    expect(b.damaged).toStrictEqual([
      `damaged ${small}`,
      `damaged ${large}`,
      `damaged ${cut}`,
      `missing ${lost}`,
      `damaged ${collides}`,
    ])
  })
})

describe('collecting orphans', () => {
  it('removes pictures without values, with all that was made of them', async () => {
    const b = bench()
    const gone = await b.publish('gone')
    const kept = await b.publish('kept')
    for (const sha1 of [gone, kept]) {
      await b.pictures.open(sha1, 'thumb')
      await b.pictures.open(sha1, 'preview')
    }
    b.waitHours(2)
    b.unpublish(gone)
    expect(await b.pictures.collectOrphans()).toBe(0)
    b.waitHours(2)
    expect(await b.pictures.collectOrphans()).toBe(1)
    expect([...b.images.rows.keys()]).toEqual([kept])
    for (const store of [b.originals, b.thumbs, b.previews]) expect([...store.blobs.keys()]).toEqual([kept])
  })

  it('removes more than one batch', async () => {
    const b = bench()
    for (let i = 0; i < 250; i++) b.unpublish(await b.publish(`picture ${i}`))
    expect(await b.pictures.collectOrphans()).toBe(0)
    b.waitHours(2)
    expect(await b.pictures.collectOrphans()).toBe(250)
    expect(b.originals.blobs.size).toBe(0)
  })

  it('counts the hour anew when a picture had a value in between', async () => {
    const b = bench()
    b.unpublish(await b.publish('gone'))
    await b.pictures.collectOrphans()
    b.waitHours(2)
    const sha1 = await b.publish('gone')
    b.unpublish(sha1)
    expect(await b.pictures.collectOrphans()).toBe(0)
    b.waitHours(2)
    expect(await b.pictures.collectOrphans()).toBe(1)
  })

  it('rests while a backup goes on', async () => {
    const b = bench()
    b.unpublish(await b.publish('gone'))
    b.originals.put('0'.repeat(40), Buffer.from('x'))
    await b.pictures.collectOrphans()
    b.waitHours(2)
    await whileCollectorsRest(b.tasks, async () => {
      await whileCollectorsRest(b.tasks, async () => undefined)
      expect(await b.pictures.collectOrphans()).toBe(0)
    })
    expect(await b.pictures.collectOrphans()).toBe(2)
  })

  it('goes on after a backup that was killed', async () => {
    const b = bench()
    b.unpublish(await b.publish('gone'))
    await b.pictures.collectOrphans()
    b.waitHours(2)
    await new Promise<void>((begun) => {
      void whileCollectorsRest(b.tasks, () => {
        begun()
        return new Promise(() => undefined)
      })
    })
    expect(await b.pictures.collectOrphans()).toBe(0)
    b.waitHours(0.05)
    expect(await b.pictures.collectOrphans()).toBe(1)
  })

  it('removes bytes without a row when they are old', async () => {
    const b = bench()
    for (const store of [b.originals, b.thumbs, b.previews]) store.put('0'.repeat(40), Buffer.from('x'))
    expect(await b.pictures.collectOrphans()).toBe(0)
    b.waitHours(2)
    const young = 'f'.repeat(40)
    b.originals.put(young, Buffer.from('y'))
    expect(await b.pictures.collectOrphans()).toBe(3)
    expect([...b.originals.blobs.keys()]).toEqual([young])
  })

  it('never takes the bytes of a picture that is published at the same time', async () => {
    const b = bench()
    for (let round = 0; round < 20; round++) {
      const content = `picture ${round}`
      b.unpublish(await b.publish(content))
      await b.pictures.collectOrphans()
      b.waitHours(2)
      const [sha1] = await Promise.all([b.publish(content), b.pictures.collectOrphans()])
      expect(b.images.rows.has(sha1)).toBe(true)
      expect(b.originals.blobs.has(sha1)).toBe(true)
    }
  })
})
