import { DAY, durationMs, timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import type { ScrubState } from '../storage/scrub-store.ts'
import { Metrics } from './metrics.ts'

const NOW = 1_800_000_000_000

function watched(scrub: ScrubState | null, free: () => Promise<number | null>): Metrics {
  const metrics = new Metrics()
  metrics.watch({
    writeLoad: () => ({ calls: 3, bytes: 1000, oldest: durationMs(250) }),
    bodyBytes: () => 5000,
    pendingPictures: async () => 7,
    waitingDecodes: () => 2,
    freeBytes: free,
    freeInodes: free,
    picturesFail: () => true,
    scrub: () => scrub,
    damagedPictures: () => 1,
    figures: [
      { name: 'senio_engine_now', help: 'Goes up and down', isCounter: false, value: () => 4 },
      { name: 'senio_engine_total', help: 'Only grows', isCounter: true, value: () => 9 },
    ],
    now: () => NOW,
  })
  metrics.watchConnections(() => 12)
  metrics.droppedConnections.inc()
  return metrics
}

test('what waits, is left and was looked at is told in seconds and bytes', async () => {
  const ended = timestampMs(NOW - DAY)
  const state = { started: timestampMs(NOW - 5000), position: null, ended, databaseFaults: 2 }
  const text = await watched(state, async () => 5e9).registry.metrics()
  for (const line of [
    'senio_append_queue 3',
    'senio_append_queue_bytes 1000',
    'senio_append_queue_oldest_seconds 0.25',
    'senio_body_bytes 5000',
    'senio_connections 12',
    'senio_connections_dropped_total 1',
    'senio_pictures_pending 7',
    'senio_decodes_waiting 2',
    'senio_disk_free_bytes 5000000000',
    'senio_disk_free_inodes 5000000000',
    'senio_pictures_failing 1',
    'senio_damaged_pictures 1',
    'senio_database_faults 2',
    'senio_scrub_age_seconds 86400',
    'senio_scrub_pass_seconds 5',
    'senio_scrub_running 1',
    'senio_engine_now 4',
    '# TYPE senio_engine_total counter\nsenio_engine_total 9',
  ]) {
    expect(text).toContain(`\n${line}\n`)
  }
})

test('what is not known is left out, and so is what can’t be had', async () => {
  const text = await watched(null, () =>
    Promise.reject(new TypeError('The disk is gone.')),
  ).registry.metrics()
  expect(text).not.toMatch(
    /^senio_(?:scrub_(?:age|pass)_seconds|database_faults|disk_free_(?:bytes|inodes)) /m,
  )
  expect(text).toContain('\nsenio_pictures_pending 7\n')
})

test('times of commits and syncs, and refusals by their reason', async () => {
  const metrics = new Metrics()
  metrics.observeCommit(20, 1)
  metrics.observeSync(3)
  metrics.countRefusal('overloaded')
  metrics.countRefusal('overloaded')
  const text = await metrics.registry.metrics()
  expect(text).toContain('senio_commit_seconds_sum 0.02')
  expect(text).toContain('senio_fsync_seconds_count 1')
  expect(text).toContain('senio_log_sync_seconds_count 1')
  expect(text).toContain('senio_refused_total{code="overloaded"} 2')
})
