import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'

/** That many measurements of two fields in InfluxDB's line protocol, times in ms. */
export function lineProtocol(measurements: number): RequestTemplate {
  const body = new TemplateBuilder()
  for (let index = 0; index < measurements; index++) {
    body.text('greenhouse temp=').value(0).text(',humidity=').value(1).text(' ').time().text('\n').entry()
  }
  return body.build()
}
