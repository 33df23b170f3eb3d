import type { TestServer } from './test-server.ts'

export interface ApiAnswer<Body = unknown> {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** null without a body. */
  readonly json: Body
  readonly bytes: Buffer
}

/** Asks the REST API of a server in this process, with somebody's token. */
export type AskApi = <Body = unknown>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<ApiAnswer<Body>>

/** @param token null for a stranger */
export function apiClient(server: TestServer, token: string | null): AskApi {
  return async (method, path, body, headers = {}) => {
    const response = await server.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    const isJson = /json/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      headers: response.headers,
      json: (isJson ? response.json() : null) as never,
      bytes: response.rawPayload,
    }
  }
}
