import { SenioError } from '@senio/protocol'

/** A body that breaks RFC 7578 or RFC 2046. `detail` says where and what to do. */
export function malformed(detail: string): SenioError {
  return new SenioError('malformed-multipart', detail)
}
