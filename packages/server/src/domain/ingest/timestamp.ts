import {
  LOOKS_LIKE_SECONDS_BELOW,
  MAX_AHEAD,
  SenioError,
  type TimestampMs,
  timestampMs,
} from '@senio/protocol'

/**
 * A published timestamp.
 * @param json the value as sent; undefined when it is absent
 * @throws SenioError `timestamp-missing`, `timestamp-invalid`, `timestamp-in-seconds`, `timestamp-in-future`
 */
export function checkTimestamp(json: unknown, now: TimestampMs): TimestampMs {
  if (json === undefined) {
    throw new SenioError(
      'timestamp-missing',
      'The timestamp is missing. Send "timestamp" in milliseconds since the Unix epoch, or add ?clock=server to the URL if the device has no clock.',
      { field: 'timestamp' },
    )
  }
  if (typeof json !== 'number') {
    const given = json === null ? 'null' : Array.isArray(json) ? 'a list' : `a ${typeof json}`
    throw invalid(`is ${given}; it must be a JSON number, without quotes`)
  }
  if (Number.isNaN(json) || json < 0) throw invalid('is negative')
  if (json < LOOKS_LIKE_SECONDS_BELOW) {
    throw new SenioError(
      'timestamp-in-seconds',
      `The timestamp ${json} looks like seconds. Multiply it by 1000: timestamps are milliseconds since the Unix epoch.`,
      { field: 'timestamp' },
    )
  }
  if (json > now + MAX_AHEAD) {
    throw new SenioError(
      'timestamp-in-future',
      `The timestamp ${json} lies more than 24 hours ahead of the server's clock (${now}). Check the device's clock, and that the unit is milliseconds, not micro- or nanoseconds.`,
      { field: 'timestamp' },
    )
  }
  return timestampMs(json)
}

/** A timestamp in a query string: the same number as it would be in JSON. */
export function parseTimestampText(text: string): number {
  if (!/^-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/.test(text)) {
    throw invalid('in the URL is not a plain number')
  }
  return Number(text)
}

function invalid(what: string): SenioError {
  return new SenioError(
    'timestamp-invalid',
    `The timestamp ${what}. Send milliseconds since the Unix epoch, for example 1474638041614.`,
    { field: 'timestamp' },
  )
}
