import { SenioError } from '@senio/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOUNDARY, CONTENT_TYPE, formBody, inChunks, rawBody, type SamplePart } from './form-samples.ts'
import { parseMultipart } from './parse-multipart.ts'
import { BodyMemory } from '../../../domain/overload/body-memory.ts'
import { readPart } from './read-part.ts'

const memory = new BodyMemory({ elapsed: () => 0 })

interface Collected {
  readonly name: string
  readonly isFile: boolean
  readonly mediaType: string
  readonly body: string
}

async function parse(
  bytes: Uint8Array,
  { sizes = [] as readonly number[], contentType = CONTENT_TYPE, parts = 100 } = {},
): Promise<Collected[]> {
  const collected: Collected[] = []
  for await (const part of parseMultipart(inChunks(bytes, sizes), { contentType, limits: { parts } })) {
    const chunks: Uint8Array[] = []
    for await (const chunk of part.body) {
      expect(chunk.length).toBeGreaterThan(0)
      chunks.push(Uint8Array.from(chunk))
    }
    const { name, isFile, mediaType } = part
    collected.push({ name, isFile, mediaType, body: Buffer.concat(chunks).toString('latin1') })
  }
  return collected
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return error instanceof SenioError ? error.code : `not ours: ${String(error)}`
  }
}

const oneFile = [{ name: 'cam1', filename: 'earth.jpg', type: 'image/jpeg', body: Buffer.from('x') }]

describe('well-formed bodies', () => {
  it('gives parts with names, kinds, types and bytes in their order', async () => {
    const body = formBody([
      { name: 'json', body: Buffer.from('{"timestamp":1}') },
      {
        name: 'cam1',
        filename: 'a.jpg',
        type: 'Image/JPEG; x=y',
        body: Buffer.from('\r\n--\r\n\0\xff', 'latin1'),
      },
      { name: 'empty', filename: '', type: 'image/png', body: Buffer.alloc(0) },
    ])
    expect(await parse(body)).toEqual([
      { name: 'json', isFile: false, mediaType: 'text/plain', body: '{"timestamp":1}' },
      { name: 'cam1', isFile: true, mediaType: 'image/jpeg', body: '\r\n--\r\n\0\xff' },
      { name: 'empty', isFile: true, mediaType: 'image/png', body: '' },
    ])
  })

  it.each(['jpeg', 'image/', 'image/jpeg image/png', 'image/j\u0001peg', 'image/\u00c4'])(
    'takes the type %j, which is none, for plain text',
    async (type) => {
      const body = formBody([{ name: 'cam1', filename: 'a.jpg', type, body: Buffer.from('x') }])
      expect(await parse(body)).toEqual([{ name: 'cam1', isFile: true, mediaType: 'text/plain', body: 'x' }])
    },
  )

  it('accepts a form without parts', async () => {
    expect(await parse(formBody([]))).toEqual([])
  })

  it.each([
    ['a line break before the first boundary', (body: Buffer) => Buffer.concat([Buffer.from('\r\n'), body])],
    ['a small preamble', (body: Buffer) => Buffer.concat([Buffer.from('This is MIME.\r\n'), body])],
    ['a final boundary without line break', (body: Buffer) => body.subarray(0, -2)],
    ['blank bytes behind the end', (body: Buffer) => Buffer.concat([body, Buffer.from('\r\n \t\r\n')])],
    ['blanks behind a boundary', (body: Buffer) => Buffer.from(body.toString().replace('\r\n', ' \t\r\n'))],
  ])('accepts %s', async (_, change) => {
    expect((await parse(change(formBody(oneFile)))).map((part) => part.body)).toEqual(['x'])
  })

  it.each([
    ['unquoted', `multipart/form-data; boundary=${BOUNDARY}`],
    ['quoted', `multipart/form-data; boundary="${BOUNDARY}"`],
    ['beside other parameters', `Multipart/Form-Data ;charset=utf-8; Boundary=${BOUNDARY} ;`],
  ])('reads a boundary %s', async (_, contentType) => {
    expect(await parse(formBody(oneFile), { contentType })).toHaveLength(1)
  })

  it('takes a boundary of 70 characters with everything that is allowed', async () => {
    const boundary = "0aZ'()+_,-./:=? ".padEnd(70, 'x')
    const contentType = `multipart/form-data; boundary="${boundary}"`
    expect(await parse(formBody(oneFile, boundary), { contentType })).toHaveLength(1)
  })

  it('reads a body as fast as its parts are read', async () => {
    let pulled = 0
    async function* source(): AsyncGenerator<Uint8Array> {
      const body = formBody([{ name: 'cam1', filename: 'a', body: Buffer.alloc(100_000, 1) }])
      for await (const chunk of inChunks(body, [1000])) {
        pulled++
        yield chunk
      }
    }
    for await (const part of parseMultipart(source(), { contentType: CONTENT_TYPE, limits: { parts: 1 } })) {
      expect(pulled).toBe(1)
      const body = part.body[Symbol.asyncIterator]()
      await body.next()
      await body.next()
      expect(pulled).toBe(2)
      await body.return?.()
    }
    expect(pulled).toBe(101)
  })

  it('skips what is left of a part when the next is asked for', async () => {
    const body = formBody([
      { name: 'a', body: Buffer.alloc(10_000, 97) },
      { name: 'b', body: Buffer.alloc(10_000, 98) },
      { name: 'c', body: Buffer.from('c') },
    ])
    const names: string[] = []
    let text = ''
    for await (const part of parseMultipart(inChunks(body, [100]), {
      contentType: CONTENT_TYPE,
      limits: { parts: 3 },
    })) {
      names.push(part.name)
      if (part.name === 'b') for await (const _ of part.body) break
      if (part.name === 'c') text = Buffer.from(await readPart(part, 10, memory.hold())).toString()
    }
    expect(names).toEqual(['a', 'b', 'c'])
    expect(text).toBe('c')
  })

  it('lets go of the source, however it ends', async () => {
    const endings: [string, Buffer][] = [
      ['at its end', formBody(oneFile)],
      ['left early', formBody([...oneFile, ...oneFile, ...oneFile])],
      ['at an error', rawBody('nonsense')],
    ]
    for (const [ending, body] of endings) {
      let closed = false
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          yield* inChunks(body, [50])
        } finally {
          closed = true
        }
      }
      const parts = parseMultipart(source(), { contentType: CONTENT_TYPE, limits: { parts: 9 } })
      await codeOf(firstOf(parts))
      expect([ending, closed]).toEqual([ending, true])
    }
  })
})

async function firstOf(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of parts) break
}

describe('names', () => {
  const utf8 = Buffer.from('Content-Disposition: form-data; name="Äpfel"')
  it.each([
    ['a token', 'Content-Disposition: form-data; name=cam1', 'cam1'],
    ['blanks and other cases', 'content-disposition:  Form-Data ;NAME="cam1" ; ', 'cam1'],
    ['UTF-8', utf8, 'Äpfel'],
    ['escapes of browsers', 'Content-Disposition: form-data; name="50%22 %41"', '50" %41'],
    ['escapes of curl', 'Content-Disposition: form-data; name="a\\"b\\\\c\\d"', 'a"b\\c\\d'],
    [
      'the name behind the file name',
      'Content-Disposition: form-data; filename="b;name=\\"x\\""; name="a"',
      'a',
    ],
    ['an extended name', "Content-Disposition: form-data; name=x; name*=UTF-8'de'%C3%84pfel", 'Äpfel'],
  ])('reads %s', async (_, head, name) => {
    expect((await parse(rawBody(head))).map((part) => part.name)).toEqual([name])
  })

  it.each([
    ['no Content-Disposition', 'Content-Type: image/jpeg', 'malformed-multipart'],
    ['no headers at all', '', 'malformed-multipart'],
    ['no name', 'Content-Disposition: form-data; filename="a.jpg"', 'malformed-multipart'],
    ['an empty name', 'Content-Disposition: form-data; name=""', 'malformed-multipart'],
    ['two names', 'Content-Disposition: form-data; name="a"; name="b"', 'malformed-multipart'],
    ['an open quote', 'Content-Disposition: form-data; name="a', 'malformed-multipart'],
    ['bytes behind the quote', 'Content-Disposition: form-data; name="a"b', 'malformed-multipart'],
    ['a line break in the name', 'Content-Disposition: form-data; name="a%0D%0Ab"', 'malformed-multipart'],
    ['another disposition', 'Content-Disposition: attachment; name="a"', 'malformed-multipart'],
    [
      'two dispositions',
      'Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b',
      'malformed-multipart',
    ],
    [
      'twenty parameters',
      `Content-Disposition: form-data; name=a${Array.from({ length: 20 }, (_, i) => `; p${i}=1`).join('')}`,
      'malformed-multipart',
    ],
    ['bad escapes in name*', "Content-Disposition: form-data; name*=UTF-8''%C3%4", 'malformed-multipart'],
    ['an unknown charset in name*', "Content-Disposition: form-data; name*=utf-7''a", 'malformed-multipart'],
    ['invalid UTF-8', Buffer.from('Content-Disposition: form-data; name="\xe4"', 'latin1'), 'invalid-utf8'],
    ['invalid UTF-8 in name*', "Content-Disposition: form-data; name*=UTF-8''%E4", 'invalid-utf8'],
  ])('refuses %s', async (_, head, code) => {
    expect(await codeOf(parse(rawBody(head)))).toBe(code)
  })

  it.each([
    ['a path', '"../../etc/passwd"'],
    ['NUL', '"a\0b"'],
    ['escaped line breaks', '"a%0D%0Ab"'],
    ['raw line breaks', '"a\r\nX-Other: b\nc.jpg"'],
    ['4 KB', `"${'x'.repeat(4096)}"`],
    ['a backslash at its end', '"C:\\photos\\"'],
    ['no valid UTF-8', Buffer.from('"\xe4\xf6"', 'latin1')],
    ['nothing', '""'],
    ['a token', 'a.jpg'],
  ])('ignores a file name that holds %s', async (_, filename) => {
    const head = Buffer.concat(
      ['Content-Disposition: form-data; name="cam1"; filename=', filename, '\r\nContent-Type: image/png'].map(
        (piece) => Buffer.from(piece as Uint8Array),
      ),
    )
    expect(await parse(rawBody(head))).toEqual([
      { name: 'cam1', isFile: true, mediaType: 'image/png', body: 'x' },
    ])
  })

  it('takes filename* for a file name', async () => {
    const head = "Content-Disposition: form-data; name=a; filename*=UTF-8''%2e%2e%2f%00"
    expect((await parse(rawBody(head)))[0]?.isFile).toBe(true)
  })
})

describe('malformed bodies', () => {
  it.each([
    ['without a boundary', 'multipart/form-data'],
    ['with an empty boundary', 'multipart/form-data; boundary='],
    ['with an empty quoted boundary', 'multipart/form-data; boundary=""'],
    ['with two boundaries', 'multipart/form-data; boundary=a; boundary=b'],
    ['with a boundary of 71 characters', `multipart/form-data; boundary=${'x'.repeat(71)}`],
    ['with a boundary that ends with a space', 'multipart/form-data; boundary="x "'],
    ['with odd characters in the boundary', 'multipart/form-data; boundary="x\u00e9"'],
    ['with an open quote', `multipart/form-data; boundary="${BOUNDARY}`],
  ])('refuses a content type %s', async (_, contentType) => {
    expect(await codeOf(parse(formBody(oneFile), { contentType }))).toBe('malformed-multipart')
  })

  it('refuses another content type', async () => {
    expect(await codeOf(parse(formBody(oneFile), { contentType: 'multipart/mixed; boundary=x' }))).toBe(
      'unsupported-content-type',
    )
  })

  const disposition = 'Content-Disposition: form-data; name="a"; filename="b"'
  it.each([
    ['an empty body', Buffer.alloc(0)],
    ['another boundary than declared', formBody(oneFile, 'other')],
    ['a preamble of 2 KB', Buffer.concat([Buffer.alloc(2048, 32), Buffer.from('\r\n'), formBody(oneFile)])],
    ['no final boundary', formBody(oneFile).subarray(0, -(BOUNDARY.length + 8))],
    ['a final boundary with one hyphen', formBody(oneFile).subarray(0, -3)],
    ['bytes behind a boundary', Buffer.from(formBody(oneFile).toString().replace('\r\n', 'x\r\n'))],
    ['bytes behind the end', Buffer.concat([formBody(oneFile), Buffer.from('x')])],
    ['endless blanks behind the end', Buffer.concat([formBody(oneFile), Buffer.alloc(5000, 32)])],
    ['a second form behind the end', Buffer.concat([formBody(oneFile), formBody(oneFile)])],
    ['bare LF as line end', Buffer.from(formBody(oneFile).toString().replaceAll('\r\n', '\n'))],
    ['a bare LF among the headers', rawBody(`${disposition}\nContent-Type: image/png`)],
    ['a bare CR among the headers', rawBody(`${disposition}\rContent-Type: image/png`)],
    ['a NUL among the headers', rawBody(`${disposition}\r\nContent-Type: image/\0png`)],
    ['a folded header', rawBody(`${disposition}\r\nContent-Type:\r\n image/png`)],
    ['a header without colon', rawBody(`${disposition}\r\nnonsense`)],
    ['two Content-Types', rawBody(`${disposition}\r\nContent-Type: a/b\r\nContent-Type: c/d`)],
    ['a transfer encoding', rawBody(`${disposition}\r\nContent-Transfer-Encoding: base64`)],
    ['a header of 200 KB', rawBody(`${disposition}\r\nX-Large: ${'x'.repeat(200_000)}`)],
    ['headers that never end', Buffer.from(`--${BOUNDARY}\r\n${disposition}`)],
  ])('refuses %s, in whatever chunks', async (_, body) => {
    for (const sizes of [[], [1], [7], [4096]]) {
      expect(await codeOf(parse(body, { sizes }))).toBe('malformed-multipart')
    }
  })

  it('accepts the identity encodings and headers that it does not know', async () => {
    const head = `X-Mine: "\r\n${disposition}\r\nContent-Transfer-Encoding: Binary\r\nContent-Length: 1`
    expect(await parse(rawBody(head))).toHaveLength(1)
  })

  it('refuses more parts than allowed, and not earlier', async () => {
    const body = formBody(Array.from({ length: 10 }, () => ({ name: 'a', body: Buffer.from('b') })))
    expect(await parse(body, { parts: 10 })).toHaveLength(10)
    expect(await codeOf(parse(body, { parts: 9 }))).toBe('too-many-parts')
  })

  it('passes errors of the source through', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield formBody(oneFile).subarray(0, 30)
      throw new SenioError('body-too-slow', 'Too slow.')
    }
    const parts = parseMultipart(source(), { contentType: CONTENT_TYPE, limits: { parts: 1 } })
    expect(await codeOf(parts.next())).toBe('body-too-slow')
  })
})

describe('readPart', () => {
  async function textOf(body: Uint8Array, maxBytes: number): Promise<string> {
    const source = inChunks(formBody([{ name: 'json', body }]), [3])
    const held = memory.hold()
    for await (const part of parseMultipart(source, { contentType: CONTENT_TYPE, limits: { parts: 1 } })) {
      const bytes = await readPart(part, maxBytes, held)
      expect(held.bytes).toBeGreaterThanOrEqual(bytes.length)
      return Buffer.from(bytes).toString()
    }
    return ''
  }

  it('gives the bytes of a part that came in pieces, and counts them', async () => {
    expect(await textOf(Buffer.from('{"ä":"€"}'), 100)).toBe('{"ä":"€"}')
  })

  it('refuses more bytes than allowed, and not earlier', async () => {
    expect(await textOf(Buffer.from('12345'), 5)).toBe('12345')
    expect(await codeOf(textOf(Buffer.from('123456'), 5))).toBe('body-too-large')
  })
})

describe('any body', () => {
  /** Content that is rich in beginnings of the delimiter. */
  const content = fc
    .array(
      fc.oneof(
        fc.nat(BOUNDARY.length + 4).map((length) => Buffer.from(`\r\n--${BOUNDARY}`).subarray(0, length - 1)),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => Buffer.concat(pieces))
    .filter((bytes) => !bytes.includes(`--${BOUNDARY}`))
  const sampleParts: fc.Arbitrary<SamplePart[]> = fc.array(
    fc.record(
      {
        name: fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/),
        filename: fc.stringMatching(/^[a-z.]{0,9}$/),
        body: content,
      },
      { requiredKeys: ['name', 'body'] },
    ),
    { maxLength: 4 },
  )
  const chunkSizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 })

  it('gives the same parts, split anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(sampleParts, chunkSizes, async (parts, sizes) => {
        expect(await parse(formBody(parts), { sizes })).toEqual(
          parts.map(({ name, filename, body }) => ({
            name,
            isFile: filename !== undefined,
            mediaType: 'text/plain',
            body: Buffer.from(body).toString('latin1'),
          })),
        )
      }),
    )
  })

  it('is refused when it is cut short', async () => {
    await fc.assert(
      fc.asyncProperty(sampleParts, chunkSizes, fc.nat(), async (parts, sizes, seed) => {
        const body = formBody(parts)
        const cut = body.subarray(0, seed % (body.length - 2))
        expect(await codeOf(parse(cut, { sizes }))).toBe('malformed-multipart')
      }),
    )
  })

  it('gives parts or an error of ours, and ends', async () => {
    const codes = ['none', 'malformed-multipart', 'invalid-utf8', 'too-many-parts']
    const junk = fc.oneof(
      fc.constantFrom(
        '\r\n',
        '--',
        BOUNDARY,
        `\r\n--${BOUNDARY}`,
        '"',
        ';',
        '\\',
        ':',
        '\r\n\r\n',
        '\n',
        '\0',
      ),
      fc.constantFrom('Content-Disposition: form-data', '; name="a"', '; filename="', "name*=UTF-8''"),
      fc.string({ maxLength: 20 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { maxLength: 30 }), chunkSizes, async (pieces, sizes) => {
        const body = Buffer.from(`--${BOUNDARY}\r\n${pieces.join('')}`)
        expect(codes).toContain(await codeOf(parse(body, { sizes, parts: 3 })))
      }),
    )
  })
})
