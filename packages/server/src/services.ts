import type { SenioError } from '@senio/protocol'
import type { Accounts } from './domain/accounts/accounts.ts'
import type { ApiTokens } from './domain/accounts/api-tokens.ts'
import type { Sessions } from './domain/accounts/sessions.ts'
import type { Setup } from './domain/accounts/setup.ts'
import type { Clock } from './domain/clock.ts'
import type { Ingest } from './domain/ingest/ingest.ts'
import type { RateLimiter } from './domain/ingest/rate-limiter.ts'
import type { Keograms } from './domain/keogram/keograms.ts'
import type { Listeners } from './domain/live/listeners.ts'
import type { LiveEvents } from './domain/live/live-events.ts'
import type { Metrics } from './domain/metrics.ts'
import type { Notes } from './domain/notes/notes.ts'
import type { Admission } from './domain/overload/admission.ts'
import type { BodyMemory } from './domain/overload/body-memory.ts'
import type { Pictures } from './domain/pictures/pictures.ts'
import type { Queries } from './domain/query/queries.ts'
import type { DeviceKeys } from './domain/sensors/device-keys.ts'
import type { Fields } from './domain/sensors/fields.ts'
import type { Sensors } from './domain/sensors/sensors.ts'
import type { Views } from './domain/views/views.ts'

/** What the domain offers to every way in: HTTP, the command line, tests. */
export interface Services {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly apiTokens: ApiTokens
  readonly setup: Setup
  readonly sensors: Sensors
  readonly fields: Fields
  readonly deviceKeys: DeviceKeys
  readonly notes: Notes
  readonly views: Views
  readonly rateLimiter: RateLimiter
  readonly ingest: Ingest
  readonly queries: Queries
  readonly pictures: Pictures
  readonly keograms: Keograms
  readonly live: LiveEvents
  readonly listeners: Listeners
  readonly metrics: Metrics
  readonly admission: Admission
  readonly bodyMemory: BodyMemory
  readonly clock: Clock
  /** Resolves when a durable write succeeded. @throws SenioError `storage-failing`, `storage-full` */
  readonly probe: () => Promise<void>
  /** Why pictures can be neither stored nor read at the moment, as far as is known; null when they can. */
  readonly pictureFailure: () => SenioError | null
}
