import { type TimestampMs, timestampMs } from '@senio/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StoredImage } from '../../storage/image-store.ts'
import { PictureWorker } from './picture-worker.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  const stopped = Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await vi.advanceTimersByTimeAsync(10)
  await stopped
  vi.useRealTimers()
})

const workers: PictureWorker[] = []

const image: StoredImage = {
  sha1: 'ab'.repeat(20),
  sha256: 'cd'.repeat(32),
  mediaType: 'image/jpeg',
  bytes: 1,
  width: 1,
  height: 1,
  damaged: false,
  created: timestampMs(0),
  state: 'pending',
}

/** A worker with pictures without end, each of which takes `took` ms, and came `age` ms before it is claimed. */
function busyWorker(took: number, age = 0): { readonly worker: PictureWorker; readonly made: () => number } {
  let time = 0
  let made = 0
  const worker = new PictureWorker({
    claims: 8,
    images: {
      claimPending: async () => [{ ...image, created: timestampMs(time - age) }],
      release: async () => {},
    },
    now: (): TimestampMs => timestampMs(time),
    process: async () => {
      made++
      time += took
      // What takes no time would leave nobody else a turn.
      await new Promise((resolve) => setTimeout(resolve, 1))
    },
    report: (error) => expect.unreachable(String(error)),
  })
  worker.start()
  workers.push(worker)
  return { worker, made: () => made }
}

/** New pictures every 10 ms. */
function keepComing(worker: PictureWorker): void {
  setInterval(() => worker.notify(), 10)
}

it('rests three times as long as it worked while pictures come in', async () => {
  const { worker, made } = busyWorker(100)
  keepComing(worker)
  worker.notify()
  await vi.advanceTimersByTimeAsync(290)
  expect(made()).toBe(1)
  await vi.advanceTimersByTimeAsync(20)
  expect(made()).toBeGreaterThan(1)
})

it('rests no more once pictures have waited for long', async () => {
  const { worker, made } = busyWorker(100, 61_000)
  keepComing(worker)
  worker.notify()
  await vi.advanceTimersByTimeAsync(50)
  expect(made()).toBeGreaterThan(20)
})

it('goes on soon when no more come in', async () => {
  const { worker, made } = busyWorker(10_000)
  worker.notify()
  await vi.advanceTimersByTimeAsync(90)
  expect(made()).toBe(1)
  await vi.advanceTimersByTimeAsync(50)
  expect(made()).toBeGreaterThan(10)
})

it('rests for two seconds at most, whatever the clock says', async () => {
  const { worker, made } = busyWorker(3_600_000)
  keepComing(worker)
  worker.notify()
  await vi.advanceTimersByTimeAsync(1990)
  expect(made()).toBe(1)
  await vi.advanceTimersByTimeAsync(60)
  expect(made()).toBeGreaterThan(1)
})

it('does not rest when no others come in, or the clock was set back', async () => {
  const quiet = busyWorker(100)
  await vi.advanceTimersByTimeAsync(50)
  expect(quiet.made()).toBeGreaterThan(20)
  const setBack = busyWorker(-100)
  keepComing(setBack.worker)
  await vi.advanceTimersByTimeAsync(50)
  expect(setBack.made()).toBeGreaterThan(20)
})
