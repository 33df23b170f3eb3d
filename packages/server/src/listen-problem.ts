import { SenioError } from '@senio/protocol'
import type { Config } from './config/config.ts'

const UNKNOWN_NAME: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])

/** Why a server can't listen, for who started it; what nobody foresaw as it is. */
export function listenProblem(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') {
    return new SenioError(
      'parameter-invalid',
      `Port ${port} is in use by another program. Stop that one, or choose another port with --port.`,
      { field: 'port', cause: error },
    )
  }
  if (UNKNOWN_NAME.has(code)) {
    return new SenioError(
      'parameter-invalid',
      `Can't listen on "${host}": no address is known under this name. --host is an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
      { field: 'host', cause: error },
    )
  }
  if (code === 'EADDRNOTAVAIL') {
    return new SenioError(
      'parameter-invalid',
      `Can't listen on ${host}: it is no address of this machine. Choose another --host, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
      { field: 'host', cause: error },
    )
  }
  if (code === 'EACCES') {
    return new SenioError(
      'parameter-invalid',
      `This user may not listen on port ${port} of ${host}. Choose another --port, such as 8080.`,
      { field: 'port', cause: error },
    )
  }
  return error
}
