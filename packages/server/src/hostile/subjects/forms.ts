import { readdir } from 'node:fs/promises'
import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import { multipartBody, multipartType, type TestPart } from '../../testing/multipart-body.ts'
import { sha1 } from '../../testing/publish-site.ts'
import { jpeg } from '../../testing/test-images.ts'
import { aMeasurement, aPicture, type HostileCase, type HostileSubject, type Kept } from '../hostile-case.ts'

const BOUNDARY = 'senio-test-boundary'
const FINAL = `--${BOUNDARY}--\r\n`
const LIMIT = 20 * 1024 * 1024

interface Parts {
  readonly json: TestPart
  /** A picture that nobody has sent yet, for `cam1`. */
  readonly cam1: TestPart
  readonly picture: Buffer
}

let pictures = 0

/** A form; `build` gives its bytes from a good measurement and a new picture. */
function bytes(
  name: string,
  build: (parts: Parts) => string | Buffer,
  answer: ErrorCode | number,
  options: {
    readonly type?: string
    readonly kept?: Kept
    readonly field?: string
    readonly query?: string
  } = {},
): HostileCase {
  const { type = multipartType, field, query, kept = answer === 201 ? aPicture : undefined } = options
  return {
    name,
    answer,
    async send(site) {
      const picture = await jpeg(40, 30, 1000 + ++pictures)
      const json = { name: 'json', body: JSON.stringify({ timestamp: site.nextTime() }) }
      const body = build({ json, cam1: { name: 'cam1', file: 'x.jpg', body: picture }, picture })
      return site.post(body, type, query)
    },
    ...(kept === undefined ? {} : { kept }),
    ...(field === undefined ? {} : { also: ({ json }) => expect(json?.['field']).toBe(field) }),
  }
}

const parts = (
  name: string,
  list: (parts: Parts) => readonly TestPart[],
  answer: ErrorCode | number,
  options: { readonly kept?: Kept; readonly field?: string; readonly query?: string } = {},
): HostileCase => bytes(name, (made) => multipartBody(list(made)), answer, options)

/** A form whose picture has these lines as its part's headers. */
function withHead({ json, picture }: Parts, head: string | Buffer, end = '\r\n\r\n'): Buffer {
  const first = multipartBody([json])
  return Buffer.concat([
    first.subarray(0, first.length - FINAL.length),
    Buffer.from(`--${BOUNDARY}\r\n`),
    Buffer.from(head as string),
    Buffer.from(end),
    picture,
    Buffer.from(`\r\n${FINAL}`),
  ])
}

const headed = (
  name: string,
  head: string | Buffer,
  answer: ErrorCode | number,
  field?: string,
): HostileCase => bytes(name, (made) => withHead(made, head), answer, field === undefined ? {} : { field })

const DISPOSITION = 'Content-Disposition: form-data; name="cam1"; filename="x"'
const good = ({ json, cam1 }: Parts): Buffer => multipartBody([json, cam1])

const boundaries: readonly HostileCase[] = [
  ...(
    [
      ['without a boundary in its type', ''],
      ['with an empty boundary', '; boundary='],
      ['with an empty boundary in quotes', '; boundary=""'],
      ['with two boundaries', `; boundary=${BOUNDARY}; boundary=other`],
      ['with a boundary of 71 characters', `; boundary=${'b'.repeat(71)}`],
      ['with a boundary of 8 KB', `; boundary=${'b'.repeat(8000)}`],
      ['with a boundary that ends in a space', `; boundary="${BOUNDARY} "`],
      ['with a line feed as its boundary', '; boundary="\\n"'],
      ['with another boundary than it says', '; boundary=other'],
      ['with a longer boundary than it says', '; boundary=senio-test'],
      ['with the boundary in capitals', `; boundary=${BOUNDARY.toUpperCase()}`],
      ['with a boundary of which the quote is not closed', `; boundary="${BOUNDARY}`],
    ] as const
  ).map(([name, parameters]) =>
    bytes(name, good, 'malformed-multipart', { type: `multipart/form-data${parameters}` }),
  ),
  bytes('of another kind', good, 'unsupported-content-type', {
    type: `multipart/mixed; boundary=${BOUNDARY}`,
  }),
  bytes('with nothing', () => '', 'malformed-multipart'),
  bytes('with its final boundary only', () => FINAL, 'part-missing'),
  bytes('without its final boundary', (made) => good(made).subarray(0, -FINAL.length), 'malformed-multipart'),
  bytes(
    'with a final boundary without its last hyphen',
    (made) => good(made).subarray(0, -3),
    'malformed-multipart',
  ),
  bytes(
    'cut inside a file',
    (made) => good(made).subarray(0, -made.picture.length / 2),
    'malformed-multipart',
  ),
  bytes("cut inside a part's headers", (made) => good(made).subarray(0, 40), 'malformed-multipart'),
  bytes(
    'with a second form behind it',
    (made) => Buffer.concat([good(made), good(made)]),
    'malformed-multipart',
  ),
  bytes(
    'with 2 KB before it',
    (made) => Buffer.concat([Buffer.alloc(2000, 'x'), Buffer.from('\r\n'), good(made)]),
    'malformed-multipart',
  ),
  bytes(
    'with a line of text before it',
    (made) => Buffer.concat([Buffer.from('This is a form.\r\n'), good(made)]),
    201,
  ),
  bytes('with blank lines behind it', (made) => Buffer.concat([good(made), Buffer.from('\r\n\r\n')]), 201),
  bytes(
    'with line feeds only',
    (made) => Buffer.from(good(made).toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    'malformed-multipart',
  ),
  bytes(
    'with text behind a boundary',
    (made) =>
      Buffer.from(good(made).toString('latin1').replace(`--${BOUNDARY}\r\n`, `--${BOUNDARY}x\r\n`), 'latin1'),
    'malformed-multipart',
  ),
  bytes(
    'with the boundary inside a picture',
    (made) =>
      multipartBody([
        made.json,
        {
          ...made.cam1,
          body: Buffer.concat([
            made.picture,
            Buffer.from(`--${BOUNDARY} \r\n--${BOUNDARY.slice(0, -1)}\r\n`),
          ]),
        },
      ]),
    201,
  ),
  {
    ...bytes('declared as gzip', good, 'unsupported-encoding'),
    send: (site) =>
      site.send({
        headers: [
          `Authorization: Bearer ${site.key}`,
          `Content-Type: ${multipartType}`,
          'Content-Encoding: gzip',
        ],
        body: FINAL,
      }),
  },
]

const heads: readonly HostileCase[] = [
  headed('with a part without a name', 'Content-Disposition: form-data; filename="x"', 'malformed-multipart'),
  headed(
    'with a part with an empty name',
    'Content-Disposition: form-data; name=""; filename="x"',
    'malformed-multipart',
  ),
  headed(
    'with a part with two names',
    'Content-Disposition: form-data; name="cam1"; name="cam2"; filename="x"',
    'malformed-multipart',
  ),
  headed(
    'with a part whose name is no UTF-8',
    Buffer.from('Content-Disposition: form-data; name="\xff"; filename="x"', 'latin1'),
    'invalid-utf8',
  ),
  headed(
    'with a part whose name holds a NUL',
    'Content-Disposition: form-data; name="cam1\0"; filename="x"',
    'malformed-multipart',
  ),
  headed(
    'with a part whose name is a path',
    'Content-Disposition: form-data; name="../cam1"; filename="x"',
    'unknown-field',
  ),
  headed(
    'with a part named __proto__',
    'Content-Disposition: form-data; name="__proto__"; filename="x"',
    'unknown-field',
    '__proto__',
  ),
  headed('with a part without a disposition', 'Content-Type: image/jpeg', 'malformed-multipart'),
  headed('with a part with two dispositions', `${DISPOSITION}\r\n${DISPOSITION}`, 'malformed-multipart'),
  headed(
    'with a part with two content types',
    `${DISPOSITION}\r\nContent-Type: image/jpeg\r\nContent-Type: image/png`,
    'malformed-multipart',
  ),
  headed(
    'with an attachment as a part',
    'Content-Disposition: attachment; name="cam1"',
    'malformed-multipart',
  ),
  headed('with a header line without a colon', `${DISPOSITION}\r\nnonsense`, 'malformed-multipart'),
  headed(
    'with a folded header',
    'Content-Disposition: form-data;\r\n name="cam1"; filename="x"',
    'malformed-multipart',
  ),
  headed('with a NUL in a header', `${DISPOSITION}\r\nX-Bad: a\0b`, 'malformed-multipart'),
  headed(
    'with a part header of 200 KB',
    `${DISPOSITION}\r\nX-Long: ${'x'.repeat(200_000)}`,
    'malformed-multipart',
  ),
  headed(
    'with 5,000 part headers',
    `${DISPOSITION}\r\n${'X-Many: x\r\n'.repeat(5000)}X: y`,
    'malformed-multipart',
  ),
  headed(
    'with 100 parameters in a disposition',
    `${DISPOSITION}${Array.from({ length: 100 }, (_, i) => `; p${i}=x`).join('')}`,
    'malformed-multipart',
  ),
  bytes(
    'with a part header that never ends',
    (made) => withHead(made, DISPOSITION, '\r\n').subarray(0, -FINAL.length),
    'malformed-multipart',
  ),
  headed(
    'with a part in base64',
    `${DISPOSITION}\r\nContent-Transfer-Encoding: base64`,
    'malformed-multipart',
  ),
  headed(
    'with a part in quoted-printable',
    `${DISPOSITION}\r\nContent-Transfer-Encoding: quoted-printable`,
    'malformed-multipart',
  ),
  headed('with a part declared as binary', `${DISPOSITION}\r\nContent-Transfer-Encoding: binary`, 201),
  headed('with a part without a file name', 'Content-Disposition: form-data; name="cam1"', 201),
]

const contents: readonly HostileCase[] = [
  parts('with json behind the picture', ({ json, cam1 }) => [cam1, json], 201),
  parts(
    'with json as a file',
    ({ json, cam1 }) => [{ ...json, file: 'm.json', mediaType: 'application/json' }, cam1],
    201,
  ),
  parts(
    'with numbers and no picture',
    ({ json }) => [{ ...json, body: json.body.toString().replace('}', ',"data":{"temp":1}}') }],
    201,
    { kept: aMeasurement },
  ),
  parts('with two json parts', ({ json, cam1 }) => [json, cam1, json], 'duplicate-part', { field: 'json' }),
  parts('without a json part', ({ cam1 }) => [cam1], 'part-missing', { field: 'json' }),
  parts('without a json part, stamped by the server', ({ cam1 }) => [cam1], 201, { query: '?clock=server' }),
  parts('with nothing to store', ({ json }) => [json], 'data-empty'),
  parts('with two files for one field', ({ json, cam1 }) => [json, cam1, cam1], 'duplicate-part', {
    field: 'cam1',
  }),
  parts(
    'with two different files for one field',
    ({ json, cam1 }) => [
      json,
      cam1,
      { ...cam1, body: Buffer.concat([cam1.body as Buffer, Buffer.from('x')]) },
    ],
    'duplicate-part',
    { field: 'cam1' },
  ),
  parts('with a file for a scalar', ({ json, cam1 }) => [json, { ...cam1, name: 'temp' }], 'value-invalid', {
    field: 'temp',
  }),
  parts('with a number as a part', ({ json }) => [json, { name: 'temp', body: '22' }], 'value-invalid', {
    field: 'temp',
  }),
  parts(
    'with a file for an unknown field',
    ({ json, cam1 }) => [json, cam1, { ...cam1, name: 'cam9' }],
    'unknown-field',
    { field: 'cam9' },
  ),
  parts(
    "with a file for the field's name in capitals",
    ({ json, cam1 }) => [json, { ...cam1, name: 'CAM1' }],
    'unknown-field',
  ),
  parts(
    'with a picture inside the JSON, too',
    ({ json, cam1, picture }) => [
      { ...json, body: json.body.toString().replace('}', `,"data":{"cam1":"${sha1(picture)}"}}`) },
      cam1,
    ],
    'value-invalid',
    { field: 'cam1' },
  ),
  parts('with a picture as json', ({ cam1 }) => [{ ...cam1, name: 'json' }], 'invalid-utf8', {
    field: 'json',
  }),
  parts(
    'with a list as json',
    ({ json, cam1 }) => [{ ...json, body: `[${json.body.toString()}]` }, cam1],
    'measurement-invalid',
  ),
  parts('with an empty json part', ({ json, cam1 }) => [{ ...json, body: '' }, cam1], 'malformed-json'),
  parts(
    'with a json part of 2 MB',
    ({ cam1 }) => [{ name: 'json', body: `{"timestamp":1${'0'.repeat(2_000_000)}}` }, cam1],
    'body-too-large',
  ),
  parts(
    'with a good picture and a bad json part behind it',
    ({ cam1 }) => [cam1, { name: 'json', body: '{"timestamp":1}' }],
    'timestamp-in-seconds',
  ),
  parts(
    'with a good picture and broken JSON behind it',
    ({ cam1 }) => [cam1, { name: 'json', body: '{' }],
    'malformed-json',
  ),
  parts(
    'with a good picture and an unknown value',
    ({ json, cam1 }) => [cam1, { ...json, body: json.body.toString().replace('}', ',"data":{"nope":1}}') }],
    'unknown-field',
  ),
  parts(
    'with a good picture before a bad one',
    ({ json, cam1 }) => [json, cam1, { name: 'cam2', file: 'x', body: '<html></html>' }],
    'unsupported-image',
    { field: 'cam2' },
  ),
  parts('with an empty file', ({ json, cam1 }) => [json, { ...cam1, body: '' }], 'image-empty', {
    field: 'cam1',
  }),
  parts(
    'with 5,000 parts',
    ({ json }) => [json, ...Array.from({ length: 5000 }, (_, i) => ({ name: `p${i}`, body: 'x' }))],
    'too-many-parts',
  ),
  parts(
    'with 5,000 pictures for one field',
    ({ json, cam1 }) => [json, ...Array.from({ length: 5000 }, () => cam1)],
    'too-many-parts',
  ),
  parts(
    'with a file one byte over its limit',
    ({ json, cam1, picture }) => [
      json,
      { ...cam1, body: Buffer.concat([picture, Buffer.alloc(LIMIT + 1 - picture.length)]) },
    ],
    'image-too-large',
    { field: 'cam1' },
  ),
  parts(
    'with a file of exactly its limit',
    ({ json, cam1, picture }) => [
      json,
      { ...cam1, body: Buffer.concat([picture, Buffer.alloc(LIMIT - picture.length)]) },
    ],
    201,
  ),
]

/** A file's own name leads nowhere. */
const fileNames: readonly HostileCase[] = (
  [
    ['a path', 'filename="../../etc/passwd"'],
    ['an absolute path', 'filename="/etc/passwd"'],
    ['a Windows path', String.raw`filename="C:\Windows\system32\x.jpg"`],
    ['a NUL', 'filename="a\0.jpg"'],
    ['line breaks', 'filename="a\r\nX-Injected: yes\r\n.jpg"'],
    ['4 KB', `filename="${'x'.repeat(4096)}"`],
    ['an encoded path', "filename*=UTF-8''..%2f..%2fetc%2fpasswd"],
    ['two names at odds', `filename="a.jpg"; filename*=UTF-8''b%00.html`],
    ['nothing', 'filename=""'],
    ['no valid UTF-8', Buffer.from('filename="\xff\xfe"', 'latin1')],
    ['a script', 'filename="<img src=x onerror=alert(1)>.svg"'],
    ['a shell command', 'filename="$(touch /tmp/x);`id`|x.jpg"'],
  ] as const
).map(([what, filename]) => ({
  ...headed(
    `whose file name holds ${what}`,
    Buffer.concat([
      Buffer.from('Content-Disposition: form-data; name="cam1"; '),
      Buffer.from(filename as string),
      Buffer.from('\r\nContent-Type: image/jpeg'),
    ]),
    201,
  ),
  also: async (_answer, site) => {
    const names = await readdir(site.server.dataDir, { recursive: true })
    expect(names.filter((name) => /passwd|Windows|\.jpg|\.svg|\.html|touch/.test(name))).toEqual([])
  },
}))

export const forms: HostileSubject = {
  title: 'A form',
  introduction:
    'Read by a parser of our own, to which every irregularity is an error: whoever sends a form learns when it is not whole. File names are ignored.',
  cases: [...boundaries, ...heads, ...contents, ...fileNames],
}
