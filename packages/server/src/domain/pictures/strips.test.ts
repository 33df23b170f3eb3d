import { afterEach, describe, expect, it } from 'vitest'
import { FakeDecoder } from './testing/fake-decoder.ts'
import { PicturesBench, until } from './testing/pictures-bench.ts'

const benches: PicturesBench[] = []

/** With the thumbs of these pictures made. */
async function benchWith(...contents: readonly string[]) {
  const b = new PicturesBench(new FakeDecoder())
  benches.push(b)
  b.pictures.start()
  for (const content of contents) await b.finished(await b.publish(content))
  b.decoder.begun.length = 0
  return { b, images: [...b.images.rows.values()] }
}

afterEach(async () => {
  for (const { pictures } of benches.splice(0)) await pictures.stop()
})

describe('strips', () => {
  it('are made of thumbs, and remembered for a shape', async () => {
    const { b, images } = await benchWith('a', 'b')
    const strips = await b.pictures.strips.of(images, 'middle')
    expect(images.map(({ sha1 }) => Buffer.from(strips.get(sha1) ?? []).toString())).toEqual([
      'aaaaaaaa',
      'bbbbbbbb',
    ])
    expect(await b.pictures.strips.of(images.slice(1), 'middle')).toHaveProperty('size', 1)
    expect(b.decoder.begun).toEqual(['2 strips, middle'])
    await b.pictures.strips.of(images.slice(1), 'mean')
    expect(b.decoder.begun).toEqual(['2 strips, middle', '1 strips, mean'])
  })

  it('are made in turns, so that whoever waits for a picture comes in between', async () => {
    const { b, images } = await benchWith(...Array.from({ length: 40 }, (_, n) => `picture ${n}`))
    const { promise, resolve } = Promise.withResolvers<void>()
    b.decoder.gate = promise
    const making = b.pictures.strips.of(images, 'middle')
    await until(() => b.decoder.begun.length === 1)
    const preview = b.pictures.open(images[0]?.sha1 ?? '', 'preview')
    // Until it waits for its turn.
    await new Promise((waited) => setTimeout(waited, 10))
    resolve()
    await preview
    expect(await making).toHaveProperty('size', 40)
    expect(b.decoder.begun).toEqual([
      '16 strips, middle',
      'picture 0 preview',
      '16 strips, middle',
      '8 strips, middle',
    ])
  })

  it('are absent where a thumb is lost, which is made again', async () => {
    const { b, images } = await benchWith('a', 'b')
    const [lost = ''] = images.map(({ sha1 }) => sha1)
    await b.thumbs.delete(lost)
    expect([...(await b.pictures.strips.of(images, 'middle')).keys()]).toEqual([images[1]?.sha1])
    await until(() => b.thumbs.blobs.has(lost))
    expect(await b.pictures.strips.of(images, 'middle')).toHaveProperty('size', 2)
  })

  it('are absent for thumbs that cannot be read', async () => {
    const { b, images } = await benchWith('?', 'b')
    expect([...(await b.pictures.strips.of(images, 'middle')).keys()]).toEqual([images[1]?.sha1])
  })
})
