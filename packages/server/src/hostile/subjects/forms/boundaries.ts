import { multipartBody, multipartType } from '../../../testing/multipart-body.ts'
import type { HostileCase } from '../../hostile-case.ts'
import { BOUNDARY, bytes, FINAL, type Parts } from './form-case.ts'

const good = ({ json, cam1 }: Parts): Buffer => multipartBody([json, cam1])

/** Where parts begin and end. */
export const boundaries: readonly HostileCase[] = [
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
