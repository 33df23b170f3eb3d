import { readUploadsAnswer, type UploadPage } from './list-answer.ts'
import type { S3Client } from './s3-client.ts'
import { s3Failure } from './s3-failure.ts'
import { abort } from './upload.ts'

/**
 * In ms. Another node may be sending what was begun later: a part of 32 MiB takes nine minutes at most, at the least speed
 * that is put up with, and so a picture of 4 GiB most of a day.
 */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000

/** Of a blob. Others may use the bucket, too. */
const KEY = /^[a-z]+\/[0-9a-f]{40}$/

/**
 * Ends the uploads in parts that a crash left behind: they cost room and are seen nowhere.
 *
 * @param pageSize how many are listed at a time, 1,000 at most
 * @throws SenioError `storage-failing`
 */
export async function abortAbandoned(client: S3Client, now: number, pageSize: number): Promise<void> {
  let after: UploadPage['next'] = null
  do {
    const marker = after === null ? {} : { 'key-marker': after.key, 'upload-id-marker': after.uploadId }
    const query = { uploads: '', 'max-uploads': String(pageSize), prefix: '', ...marker }
    const answer = await client.sendForText({ method: 'GET', key: null, query })
    const page: UploadPage = readPage(answer, after)
    for (const { key, uploadId, initiated } of page.uploads) {
      const isAbandoned = KEY.test(client.keyOf(key)) && initiated < now - ABANDONED_AFTER
      if (isAbandoned && uploadId !== '') await abort(client, client.keyOf(key), uploadId)
    }
    after = page.next
  } while (after !== null)
}

/** @throws SenioError `storage-failing` when it is none */
function readPage(answer: string, after: UploadPage['next']): UploadPage {
  try {
    return readUploadsAnswer(answer, after)
  } catch (error) {
    throw s3Failure(error)
  }
}
