import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SenioError } from '@senio/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { codeOf } from '../contract/database-under-test.ts'
import { openS3Blobs } from './open-s3-blobs.ts'

const REF = 'a'.repeat(40)
const REFUSAL = '<Error><Code>AccessDenied</Code></Error>'

/** A store that answers lists when the test does, and asks for objects with a status. */
async function stub() {
  const store = { objects: 200, lists: [] as ServerResponse[] }
  const server = createServer(({ method }, response) => {
    if (method === 'HEAD') {
      response.writeHead(store.objects).end()
      return
    }
    store.lists.push(response)
    server.emit('listed')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const nextList = async (): Promise<ServerResponse> => {
    if (store.lists.length === 0) await once(server, 'listed')
    return store.lists.shift() as ServerResponse
  }
  return { store, nextList, endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) }
}

test('a bucket that answers is not taken for out of use by a look that began before', async () => {
  const { store, nextList, endpoint } = await stub()
  const changes: (SenioError | null)[] = []
  const opening = openS3Blobs({
    location: { endpoint, region: 'x', bucket: 'b', prefix: '' },
    credentials: { accessKey: 'a', secretKey: 's', sessionToken: null },
    spoolDirectory: join(tmpdir(), 'senio-nothing-is-spooled'),
    onChange: (failure) => changes.push(failure),
  })
  ;(await nextList()).end('<ListBucketResult/>')
  const blobs = await opening
  onTestFinished(() => blobs.close())
  const originals = blobs.store('originals')

  store.objects = 401
  expect(await codeOf(originals.has(REF))).toBe('storage-failing')
  const late = await nextList()
  store.objects = 200
  expect(await originals.has(REF)).toBe(true)
  late.writeHead(403).end(REFUSAL)

  const next = await nextList()
  expect(changes).toStrictEqual([])
  expect(await originals.has(REF)).toBe(true)
  next.end('<ListBucketResult/>')
})
