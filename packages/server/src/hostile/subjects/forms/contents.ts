import { sha1 } from '../../../testing/publish-site.ts'
import { aMeasurement, type HostileCase } from '../../hostile-case.ts'
import { parts } from './form-case.ts'

/** Bytes of a picture. */
const LIMIT = 20 * 1024 * 1024

/** What the parts of a well-formed form are, and hold. */
export const contents: readonly HostileCase[] = [
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
    { isFlat: true },
  ),
  parts(
    'with 5,000 pictures for one field',
    ({ json, cam1 }) => [json, ...Array.from({ length: 5000 }, () => cam1)],
    'too-many-parts',
    { isFlat: true },
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
