import type { HostileCase } from '../../hostile-case.ts'
import { bytes, FINAL, headed, withHead } from './form-case.ts'

const DISPOSITION = 'Content-Disposition: form-data; name="cam1"; filename="x"'

/** What a part says of itself. */
export const heads: readonly HostileCase[] = [
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
