import type { TimestampMs } from '@senio/protocol'

/** The time now; injected, so that tests decide what time it is. */
export type Clock = () => TimestampMs
