import { DAY, timestampMs } from '@senio/protocol'
import { expect, it } from 'vitest'
import { MemoryBlobStore } from '../pictures/testing/memory-blob-store.ts'
import { collectKeograms } from './keogram-cache.ts'

const NOW = timestampMs(1_800_000_000_000)

it('loses tiles after a week', async () => {
  let now = NOW - 8 * DAY
  const store = new MemoryBlobStore(() => now)
  store.put('old', new Uint8Array(1))
  now = NOW - 6 * DAY
  store.put('young', new Uint8Array(1))
  expect(await collectKeograms(store, NOW)).toBe(1)
  expect([...store.blobs.keys()]).toEqual(['young'])
})

it('loses the oldest tiles when there are too many', async () => {
  let now = NOW - 1000
  const store = new MemoryBlobStore(() => now)
  const large = new Uint8Array(100 * 1024 * 1024)
  for (const ref of ['first', 'second', 'third']) {
    now++
    store.put(ref, large)
  }
  expect(await collectKeograms(store, NOW)).toBe(1)
  expect([...store.blobs.keys()]).toEqual(['second', 'third'])
})
