import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { SenioError } from '@senio/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { memoryBlob } from '../domain/pictures/memory-blob.ts'
import { PicturesBench, until } from '../domain/pictures/testing/pictures-bench.ts'
import { ProcessPictureDecoder, type ProcessPictureDecoderOptions } from './process-picture-decoder.ts'

const FAULTY = new URL('./testing/faulty-decoder.ts', import.meta.url)
const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

function faultyDecoder(options: Partial<ProcessPictureDecoderOptions> = {}): ProcessPictureDecoder {
  const decoder = new ProcessPictureDecoder({ maxPixels: 1e6, entry: FAULTY, ...options })
  cleanUps.push(() => decoder.close())
  return decoder
}

/** What the decoder was made to do, by the bytes of its answer. */
async function order(decoder: ProcessPictureDecoder, text: string): Promise<string> {
  const decoded = await decoder.decode(memoryBlob(Buffer.from(text)), 'thumb')
  return decoded.outcome === 'decoded' ? Buffer.from(decoded.bytes).toString() : decoded.outcome
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return error instanceof SenioError ? error.code : `not ours: ${String(error)}`
  }
}

describe('a decoder process', () => {
  it('is used again for the next picture', async () => {
    const decoder = faultyDecoder()
    expect(decoder.processes).toBe(0)
    const pid = await order(decoder, 'pid')
    expect(Number(pid)).not.toBe(process.pid)
    expect(await order(decoder, 'pid')).toBe(pid)
    expect(decoder.processes).toBe(1)
  })

  it.each(['crash', 'leave', 'hang'])(
    'may %s: that picture cannot be decoded, the next one can',
    async (fault) => {
      const decoder = faultyDecoder({ timeoutMs: 300 })
      expect(await order(decoder, fault)).toBe('undecodable')
      expect(Number(await order(decoder, 'pid'))).toBeGreaterThan(0)
      expect(decoder.processes).toBe(1)
    },
  )

  it('may crash once without harm', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'senio-decoder-'))
    cleanUps.push(() => rm(directory, { recursive: true }))
    expect(Number(await order(faultyDecoder(), `crash-once ${join(directory, 'crashed')}`))).toBeGreaterThan(
      0,
    )
  })

  it.runIf(process.platform === 'linux')('that takes more memory than it may is ended', async () => {
    const decoder = faultyDecoder({ maxMemory: 200 * 1024 * 1024 })
    const decoded = await decoder.decode(memoryBlob(Buffer.from('devour')), 'thumb')
    expect(decoded).toMatchObject({ outcome: 'undecodable', reason: expect.stringContaining('memory') })
    expect(Number(await order(decoder, 'pid'))).toBeGreaterThan(0)
  })

  it.skipIf(process.platform === 'win32')('writes no file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'senio-decoder-'))
    cleanUps.push(() => rm(directory, { recursive: true }))
    const file = join(directory, 'written')
    expect(await order(faultyDecoder(), `write ${file}`)).toBe('refused')
    expect(await readFile(file, 'utf8').catch(() => '')).toBe('')
  })

  it.runIf(process.platform === 'linux')(
    'has limits of the system, for whatever it would start',
    async () => {
      const limits = await order(faultyDecoder(), 'limits')
      expect(limits).toMatch(/^Max file size +0 +0 /m)
      expect(limits).toMatch(/^Max core file size +0 +0 /m)
      expect(limits).toMatch(/^Max open files +64 +64 /m)
      expect(limits).toMatch(/^Max address space +17179869184 +17179869184 /m)
    },
  )

  it('may be killed while it is idle', async () => {
    const decoder = faultyDecoder()
    const pid = Number(await order(decoder, 'pid'))
    process.kill(pid, 'SIGKILL')
    expect(Number(await order(decoder, 'pid'))).not.toBe(pid)
  })

  it('ends when it is idle for long', async () => {
    const decoder = faultyDecoder({ idleMs: 20 })
    await order(decoder, 'pid')
    await until(() => decoder.processes === 0)
    expect(Number(await order(decoder, 'pid'))).toBeGreaterThan(0)
  })

  it('does not get the environment of the server', async () => {
    process.env['SENIO_TEST_SECRET'] = 'secret'
    cleanUps.push(async () => void delete process.env['SENIO_TEST_SECRET'])
    const environment = await order(faultyDecoder(), 'environment')
    expect(environment).toContain('{')
    expect(environment).not.toContain('secret')
    expect(environment).not.toContain('PATH')
  })

  it('runs beside others for calls at the same time', async () => {
    const decoder = faultyDecoder()
    const pids = await Promise.all([order(decoder, 'pid'), order(decoder, 'pid')])
    expect(new Set(pids).size).toBe(2)
  })

  it('that does not start is a passing condition', async () => {
    const decoder = faultyDecoder({ entry: new URL('./testing/absent.ts', import.meta.url) })
    expect(await codeOf(order(decoder, 'pid'))).toBe('overloaded')
    expect(decoder.processes).toBe(0)
  })

  it('is left in order when the source fails', async () => {
    const decoder = faultyDecoder()
    const failing = new SenioError('storage-failing', 'The disk is gone.')
    async function* source(): AsyncGenerator<Buffer> {
      yield Buffer.from('cra')
      throw failing
    }
    const blob = { bytes: 5, stream: () => Readable.from(source()) }
    expect(await codeOf(decoder.decode(blob, 'thumb'))).toBe('storage-failing')
    expect(Number(await order(decoder, 'pid'))).toBeGreaterThan(0)
  })

  it('ends at the close, whatever it is doing', async () => {
    const decoder = faultyDecoder()
    await order(decoder, 'pid')
    const hanging = codeOf(order(decoder, 'hang'))
    await sleep(50)
    await decoder.close()
    expect(await hanging).toBe('shutting-down')
    expect(decoder.processes).toBe(0)
    expect(await codeOf(order(decoder, 'pid'))).toBe('shutting-down')
  })
})

describe('pictures with a faulty decoder', () => {
  it('get placeholders, and the next one its thumb', async () => {
    const b = new PicturesBench(faultyDecoder({ timeoutMs: 300 }))
    cleanUps.push(() => b.pictures.stop())
    b.pictures.start()
    const sha1s = await Promise.all(['crash', 'hang', 'good'].map((content) => b.publish(content)))
    for (const sha1 of sha1s) await b.finished(sha1)
    expect(sha1s.map((sha1) => b.images.rows.get(sha1)?.state)).toEqual(['failed', 'failed', 'ready'])
    const [crashed = ''] = sha1s
    expect((await b.pictures.open(crashed, 'thumb')).mediaType).toBe('image/svg+xml')
    expect(b.thumbs.blobs.size).toBe(1)
  })
})
