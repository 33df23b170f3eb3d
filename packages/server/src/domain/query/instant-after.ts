import { type TimestampMs, timestampMs } from '@senio/protocol'

/** The next double: where a half-open range begins that leaves a timestamp (not negative) out, or ends that holds it. */
export function instantAfter(timestamp: TimestampMs): TimestampMs {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, timestamp)
  view.setBigInt64(0, view.getBigInt64(0) + 1n)
  return timestampMs(view.getFloat64(0))
}
