import { TemplateBuilder } from './template-builder.ts'
import type { RequestTemplate } from './template.ts'

export interface HttpRequest {
  readonly method: string
  /** With the query, already escaped; a template when it has slots. */
  readonly path: string | RequestTemplate
  /** Besides Host and Content-Length. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: RequestTemplate
}

/** A whole HTTP/1.1 request on a connection that stays open. */
export function httpTemplate({ method, path, headers = {}, body }: HttpRequest): RequestTemplate {
  const request = new TemplateBuilder().text(`${method} `)
  if (typeof path === 'string') request.text(path)
  else request.template(path)
  request.text(' HTTP/1.1\r\nHost: 127.0.0.1\r\n')
  for (const [name, value] of Object.entries(headers)) request.text(`${name}: ${value}\r\n`)
  if (body === undefined) return request.text('\r\n').build()
  return request.text(`Content-Length: ${body.bytes.length}\r\n\r\n`).template(body).build()
}
