import { SenioError, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { FieldId } from '../../storage/sensor-store.ts'

/**
 * The range asked for. What is absent is taken from the oldest and newest value of the fields; a range with
 * nothing in it is empty at `now`.
 *
 * @throws SenioError `parameter-invalid` when it is reversed
 */
export async function resolveRange(
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  fields: readonly FieldId[],
  store: MeasurementStore,
  now: TimestampMs,
): Promise<TimeRange> {
  const { from, to } = asked
  if (from !== undefined && to !== undefined) return toRange(from, to)
  const extent = await store.extent(fields)
  // The newest value belongs to the range, and its end doesn't: one ULP-safe millisecond later.
  const newest = extent === null ? now : Math.floor(extent.last) + 1
  return toRange(
    from ?? Math.min(extent?.first ?? newest, to ?? newest),
    to ?? Math.max(newest, from ?? newest),
  )
}

/** @throws SenioError `parameter-invalid` when it is reversed */
export function toRange(from: number, to: number): TimeRange {
  if (from > to) {
    throw new SenioError(
      'parameter-invalid',
      `The range is reversed: from (${from}) is later than to (${to}).`,
      {
        field: 'from',
      },
    )
  }
  return { from: timestampMs(from), to: timestampMs(to) }
}
