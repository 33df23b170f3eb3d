import type { IncomingMessage } from 'node:http'
import { normaliseName, SenioError } from '@senio/protocol'
import type { RateLimiter } from '../../domain/ingest/rate-limiter.ts'
import type { DeviceKeys, OpenedKey } from '../../domain/sensors/device-keys.ts'
import { withKey } from './asker.ts'
import { countHeader } from './count-header.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface PublishKeyServices {
  readonly deviceKeys: DeviceKeys
  readonly rateLimiter: RateLimiter
}

/**
 * The key of a publish request, with the sensor that it may write to. Whatever is wrong with the key or the name gets one and the
 * same answer.
 *
 * @param nameInUrl without percent escapes
 * @throws SenioError `key-refused`, `rate-limited`, `malformed-url`, `malformed-request`
 */
export async function authorisePublish(
  request: IncomingMessage,
  nameInUrl: string,
  services: PublishKeyServices,
): Promise<OpenedKey> {
  const name = sensorName(nameInUrl)
  const key = bearerKey(request)
  const opened = key === null ? null : await services.deviceKeys.open(key)
  if (opened === null || opened.sensor.name !== name) {
    const refusal = new SenioError(
      'key-refused',
      'The key does not open this sensor. Check the sensor name in the URL and send its device key as "Authorization: Bearer <key>".',
    )
    throw opened === null ? refusal : withKey(refusal, opened.keyId)
  }
  try {
    services.rateLimiter.take(opened.keyId)
  } catch (error) {
    throw error instanceof SenioError ? withKey(error, opened.keyId) : error
  }
  return opened
}

function sensorName(name: string): string {
  if (/[/\\\p{Cc}]/u.test(name) || name === '.' || name === '..' || !name.isWellFormed()) {
    throw new SenioError(
      'malformed-url',
      'The sensor name in the URL holds a separator or a control character.',
    )
  }
  return normaliseName(name)
}

function bearerKey(request: IncomingMessage): string | null {
  if (countHeader(request, 'authorization') > 1) {
    throw new SenioError('malformed-request', 'The request has more than one Authorization header.')
  }
  const key = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
  return key !== undefined && UUID.test(key) ? key.toLowerCase() : null
}
