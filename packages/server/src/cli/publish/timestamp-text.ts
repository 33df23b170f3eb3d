import { SenioError } from '@senio/protocol'

/**
 * A time as typed: milliseconds since the epoch (fractions are kept), or ISO 8601 such as 2026-11-23T16:05:00Z;
 * without a zone it is this machine's.
 * @throws SenioError `timestamp-invalid`
 */
export function parseTimestampText(text: string): number {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isFinite(ms)) return ms
  throw new SenioError(
    'timestamp-invalid',
    `"${text}" is no time. Write milliseconds since the Unix epoch, or 2026-11-23T16:05:00Z.`,
    { field: 'timestamp' },
  )
}
