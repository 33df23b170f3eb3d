import type { RequestBody } from './exchange.ts'
import { textBody } from './request-body.ts'
import type { S3Client } from './s3-client.ts'
import { S3Refusal, s3Failure } from './s3-failure.ts'
import { firstTag, xmlText } from './xml.ts'

/** What is told apart only by trying; named here, and known once a server was asked. */
export interface S3Capabilities {
  /** PUT with `If-None-Match: *` is refused where there is something already: nothing is ever overwritten. */
  readonly conditionalCreate: boolean
}

const IF_ABSENT = { 'if-none-match': '*' }
const MEDIA_TYPE = { 'content-type': 'application/octet-stream' }

/**
 * Stores what there is, unless there is something under the key already. When it returns, the store has acknowledged
 * bytes whose digest it has verified itself.
 *
 * @param parts one or more; each but the last as large as the store wants parts to be
 * @throws SenioError `storage-failing`, `storage-full`
 */
export async function upload(
  client: S3Client,
  key: string,
  parts: readonly RequestBody[],
  { conditionalCreate }: S3Capabilities,
): Promise<void> {
  const [only, ...others] = parts
  if (only === undefined) return
  // Asked first where the store can't be told, and where finding out at the end would cost most.
  if ((!conditionalCreate || others.length > 0) && (await exists(client, key))) return
  const condition = conditionalCreate ? IF_ABSENT : {}
  if (others.length > 0) return uploadParts(client, key, parts, condition)
  await client.sendForStatus({
    method: 'PUT',
    key,
    body: only,
    headers: { ...MEDIA_TYPE, ...condition },
    accept: [412],
  })
}

/** Finds out what the server can do, by leaving an empty object under a name that no blob has. */
export async function detectCapabilities(client: S3Client): Promise<S3Capabilities> {
  const key = 'conditional-create'
  await client.sendForStatus({ method: 'PUT', key })
  const status = await client.sendForStatus({ method: 'PUT', key, headers: IF_ABSENT, accept: [412, 501] })
  return { conditionalCreate: status === 412 }
}

/** Whether there is something under a key. */
export async function exists(client: S3Client, key: string): Promise<boolean> {
  return (await client.sendForStatus({ method: 'HEAD', key, accept: [404] })) !== 404
}

async function uploadParts(
  client: S3Client,
  key: string,
  parts: readonly RequestBody[],
  condition: Readonly<Record<string, string>>,
): Promise<void> {
  const begun = await client.sendForText({ method: 'POST', key, query: { uploads: '' }, headers: MEDIA_TYPE })
  const uploadId = xmlText(firstTag(begun, 'UploadId') ?? '')
  try {
    const etags: string[] = []
    for (const [index, body] of parts.entries()) {
      const query = { uploadId, partNumber: String(index + 1) }
      const response = await client.send({ method: 'PUT', key, query, body })
      response.resume()
      etags.push(response.headers.etag ?? '')
    }
    await complete(client, key, uploadId, etags, condition)
  } catch (error) {
    await abort(client, key, uploadId).catch(() => {
      // The failure that brought us here is the one to report; what is left counts as abandoned after a day.
    })
    throw error
  }
}

async function complete(
  client: S3Client,
  key: string,
  uploadId: string,
  etags: readonly string[],
  condition: Readonly<Record<string, string>>,
): Promise<void> {
  const list = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  )
  const body = textBody(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`)
  try {
    await client.sendForText({ method: 'POST', key, query: { uploadId }, headers: condition, body })
  } catch (error) {
    // Somebody else was first; or an attempt whose answer was lost: then the upload is no more, and the blob is there.
    const refusal = error instanceof Error ? error.cause : null
    const isOver = refusal instanceof S3Refusal && (refusal.status === 412 || refusal.status === 404)
    if (isOver && (await exists(client, key))) {
      if (refusal.status === 412) await abort(client, key, uploadId)
      return
    }
    throw s3Failure(error)
  }
}

/** Ends an upload in parts, of which nothing stays. Ending what isn't there is no error. */
export async function abort(client: S3Client, key: string, uploadId: string): Promise<void> {
  await client.sendForStatus({ method: 'DELETE', key, query: { uploadId }, accept: [404] })
}
