import { timestampMs, type TimestampMs } from '@senio/protocol'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type { FieldId } from '../../storage/sensor-store.ts'
import { Accounts } from '../accounts/accounts.ts'
import { ApiTokens } from '../accounts/api-tokens.ts'
import { MemoryAttempts } from '../accounts/memory-attempts.ts'
import { Sessions } from '../accounts/sessions.ts'
import { Setup } from '../accounts/setup.ts'
import { SignInThrottle } from '../accounts/sign-in-throttle.ts'
import { DeviceKeys } from '../sensors/device-keys.ts'
import { Fields } from '../sensors/fields.ts'
import { Sensors } from '../sensors/sensors.ts'
import { memoryAccountStores } from './memory-accounts.ts'
import { memorySetupTokens } from './memory-setup-tokens.ts'
import { memoryMeasurements, memorySensorStores } from './memory-sensors.ts'
import { QuickPasswordHasher } from './quick-password-hasher.ts'

/** A moment for tests: 2026-11-23 12:00:30 UTC. */
export const NOON = timestampMs(Date.UTC(2026, 10, 23, 12, 0, 30))

/** The services of accounts and sensors over stores in memory, with a clock that tests set. */
export function testPeople() {
  const clock = { now: NOON }
  const errors: unknown[] = []
  const values = new Map<FieldId, readonly TimedValue[]>()
  const stores = {
    ...memoryAccountStores(),
    ...memorySensorStores(),
    measurements: memoryMeasurements(values) satisfies MeasurementStore,
  }
  const hasher = new QuickPasswordHasher()
  let purges = 0
  const common = {
    ...stores,
    registryVersion: async () => stores.accountChanges() + stores.sensorChanges(),
    hasher,
    now: (): TimestampMs => clock.now,
    purge: () => void purges++,
    report: (error: unknown) => void errors.push(error),
  }
  const accounts = new Accounts(common)
  const throttle = new SignInThrottle(new MemoryAttempts(() => clock.now), () => clock.now)
  const sensors = new Sensors(common)
  return {
    stores,
    clock,
    errors,
    values,
    hasher,
    purges: () => purges,
    accounts,
    setup: new Setup(accounts, memorySetupTokens()),
    sessions: new Sessions({ ...common, people: accounts, throttle }),
    apiTokens: new ApiTokens(common),
    sensors,
    fields: new Fields({ ...common, owned: sensors }),
    deviceKeys: new DeviceKeys({ ...common, owned: sensors }),
  }
}
