import { text } from 'node:stream/consumers'
import type { PlaceMark } from '../place-mark.ts'
import { textBody } from './request-body.ts'
import type { S3Client } from './s3-client.ts'
import { s3Failure } from './s3-failure.ts'
import { type S3Capabilities, upload } from './upload.ts'

/**
 * The mark of a folder of originals in a bucket, as the object `mark` among them: see docs/formats/bucket.md.
 * @param name of the place, for messages
 */
export function s3PlaceMark(
  client: S3Client,
  folder: string,
  name: string,
  capabilities: () => Promise<S3Capabilities>,
): PlaceMark {
  const key = `${folder}/mark`

  const read = async (): Promise<string | null> => {
    const response = await client.send({ method: 'GET', key, accept: [404] })
    if (response.statusCode === 404) {
      response.resume()
      return null
    }
    try {
      return (await text(response)).trim()
    } catch (error) {
      throw s3Failure(error)
    }
  }

  const create = async (id: string): Promise<string> => {
    await upload(client, key, [textBody(`${id}\n`)], await capabilities())
    return (await read()) ?? id
  }

  return {
    place: { kind: 'bucket', name },
    read,
    create,

    async replace(id) {
      await client.sendForStatus({ method: 'DELETE', key, accept: [404] })
      await create(id)
    },
  }
}
