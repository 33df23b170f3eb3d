import { ProblemError, problemOf } from './problem-error.ts'

/** Options of every read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
}

export interface BlobAnswer {
  readonly blob: Blob
  /** Seconds after which there will be more of it; null when it is all there. */
  readonly retryAfter: number | null
}

/** Absent and undefined parameters are not sent. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Speaks JSON with one server. Rejects with ProblemError; an aborted request rejects with the signal's reason. */
export interface Http {
  get<Answer>(path: string, query?: Query, options?: ReadOptions): Promise<Answer>
  /** For what isn't JSON. */
  blob(path: string, query?: Query, options?: ReadOptions): Promise<BlobAnswer>
  /** The answer of a 204 is undefined: then let `Answer` be void. */
  send<Answer>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** The absolute or origin-relative address of a path. */
  url(path: string, query?: Query): string
}

export interface HttpOptions {
  readonly baseUrl: string
  readonly token: string | undefined
  readonly fetch: typeof globalThis.fetch
}

export function createHttp({ baseUrl, token, fetch }: HttpOptions): Http {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const base = baseUrl.replace(/\/+$/, '')

  async function request<Answer>(url: string, init: RequestInit): Promise<Answer> {
    const response = await ask(url, init)
    if (response.status === 204) return undefined as Answer
    return (await response.json()) as Answer
  }

  async function ask(url: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await fetch(url, init)
    } catch (error) {
      if (init.signal?.aborted === true) throw error
      throw new ProblemError(
        {
          code: 'unreachable',
          status: 0,
          detail: "The server can't be reached. Check the connection, and whether it is running.",
        },
        error,
      )
    }
    if (!response.ok) throw await problemOf(response)
    return response
  }

  function url(path: string, query: Query = {}): string {
    return `${base}${path}${searchOf(query)}`
  }

  return {
    url,
    get(path, query, options = {}) {
      return request(url(path, query), {
        headers: { accept: 'application/json', ...authorization },
        signal: options.signal ?? null,
      })
    },
    async blob(path, query, options = {}) {
      const response = await ask(url(path, query), {
        headers: { ...authorization },
        signal: options.signal ?? null,
      })
      const after = Number(response.headers.get('retry-after') ?? Number.NaN)
      return { blob: await response.blob(), retryAfter: Number.isFinite(after) ? after : null }
    },
    send(method, path, body, headers = {}) {
      return request(url(path), {
        method,
        headers: {
          accept: 'application/json',
          ...authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    },
  }
}

/** A path of the REST API; every segment is percent-encoded. */
export function apiPath(...segments: readonly (string | number)[]): string {
  return `/api/v1/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`
}

/** A path with a query string, for what isn't a read. */
export function withQuery(path: string, query: Query): string {
  return `${path}${searchOf(query)}`
}

function searchOf(query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, typeof value === 'object' ? value.join(',') : String(value))
  }
  return search.size === 0 ? '' : `?${search.toString()}`
}
