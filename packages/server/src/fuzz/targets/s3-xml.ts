import { readListAnswer, readUploadsAnswer, type UploadPage } from '../../storage/s3/list-answer.ts'
import { S3Refusal } from '../../storage/s3/s3-failure.ts'
import { firstTag, xmlText } from '../../storage/s3/xml.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { promise, promiseEqual } from '../promise.ts'

const object = (key: string, bytes: number, modified: number): string =>
  `<Contents><Key>${escape(key)}</Key><Size>${bytes}</Size><LastModified>${new Date(modified).toISOString()}</LastModified></Contents>`

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** null when it is refused. */
function orRefused<Page>(read: () => Page): Page | null {
  try {
    return read()
  } catch (error) {
    promise(
      error instanceof Error && error.message.startsWith('The object store lists'),
      `a list is refused, not ${String(error)}`,
    )
    return null
  }
}

const read = (answer: string, after: string) => orRefused(() => readListAnswer(answer, after))
const readUploads = (answer: string, after: UploadPage['next']) =>
  orRefused(() => readUploadsAnswer(answer, after))

/** What an object store answers. A list is taken whole or not at all, goes on, and ends; a refusal says little. */
export const s3Xml: FuzzTarget = {
  name: 's3-xml',
  modules: ['/storage/s3/xml', '/storage/s3/list-answer', '/storage/s3/s3-failure'],
  dictionary: [
    '<Contents>',
    '</Contents>',
    '<Key>',
    '</Key>',
    '<KeyCount>',
    '<Size>',
    '</Size>',
    '<LastModified>',
    '2026-01-02T03:04:05.000Z',
    '<IsTruncated>true</IsTruncated>',
    '<Upload>',
    '</Upload>',
    '<UploadId>',
    '</UploadId>',
    '<Initiated>',
    '<NextKeyMarker>',
    '</NextKeyMarker>',
    '<NextUploadIdMarker>',
    '</NextUploadIdMarker>',
    '<Error>',
    '<Code>',
    '</Code>',
    '<RequestId>',
    '&amp;',
    '&#47;',
    '&#x2f;',
    '&#x110000;',
    '&#99999999999;',
    '&constructor;',
    '-1',
    '1e999',
    '9'.repeat(20),
    ' xmlns="x"',
    '<',
    '>',
  ],
  seeds: async () =>
    [
      `<?xml version="1.0"?><ListBucketResult xmlns="x"><IsTruncated>true</IsTruncated>${object('originals/a&b', 3, 0)}${object('originals/c', 4, 1)}</ListBucketResult>`,
      '<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>',
      '<R><Upload><Key>a</Key><UploadId>b&#47;</UploadId><Initiated>2026-01-02T03:04:05.000Z</Initiated></Upload></R>',
      '<R><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>b</NextUploadIdMarker><Upload><Key>a</Key></Upload></R>',
      '<Error><Code>SlowDown</Code><Message>x</Message><RequestId>tx-1</RequestId></Error>',
      '',
    ].map((text) => Buffer.from(text)),
  run(input) {
    const answer = Buffer.from(input).toString()
    const page = read(answer, '')
    if (page !== null) {
      for (const { bytes, modified } of page.objects) {
        promise(
          Number.isSafeInteger(bytes) && bytes >= 0 && !Number.isNaN(modified),
          'sizes and times are numbers',
        )
      }
      if (page.next !== null)
        promise(read(answer, page.next) === null, 'the same page is not asked for again')
      const written = page.objects.map(({ key, bytes, modified }) => object(key, bytes, modified)).join('')
      promiseEqual(read(written, ''), { ...page, next: null }, 'what was read can be written and read again')
    }
    const uploads = readUploads(answer, null)
    if (uploads !== null && uploads.next !== null)
      promise(readUploads(answer, uploads.next) === null, 'the same uploads are not asked for again')
    for (const { key, uploadId } of uploads?.uploads ?? []) {
      promise(key.length + uploadId.length <= answer.length, 'names are no longer than the answer')
    }
    const refusal = new S3Refusal(
      'GET',
      403,
      firstTag(answer, 'Code') ?? '',
      firstTag(answer, 'RequestId') ?? '',
    )
    promise(/^[\w\s().-]{1,300}$/.test(refusal.message), `a refusal says little: ${refusal.message}`)
    promise(xmlText(answer).length <= answer.length, 'text is no longer than what it is written as')
  },
}
