import type { FastifyRequest } from 'fastify'
import type { Queries } from '../../domain/query/queries.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { Authoriser } from './authorise.ts'

/** What every route below `/sensors/:name` needs. */
export interface SensorAccess {
  readonly authorise: Authoriser
  /** The sensor of the path, if it belongs to who asks. @throws SenioError `not-signed-in`, `not-found` */
  readonly requireSensor: (request: FastifyRequest) => Promise<Sensor>
  readonly queries: Queries
}
