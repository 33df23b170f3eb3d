import { fileURLToPath } from 'node:url'
import { httpTemplate } from '../load/http-request.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import { Program } from '../processes/program.ts'
import { measurement } from '../senio/senio.ts'

const PORT = /^port (\d+)$/m

/** What Node's own HTTP server takes when it stores nothing: nobody in Node is faster in one process. */
export class BareHttp {
  readonly name = 'bare-http'
  readonly version = process.version
  readonly settings = 'one process; reads, parses and answers the same requests, stores nothing'
  readonly port: number
  readonly program: Program

  private constructor(program: Program) {
    this.program = program
    this.port = Number(PORT.exec(program.output)?.[1])
  }

  static async start(): Promise<BareHttp> {
    const path = fileURLToPath(new URL('./bare-http-process.ts', import.meta.url))
    const isReady = (output: string): boolean => PORT.test(output)
    return new BareHttp(
      await Program.start('The bare HTTP server', { command: process.execPath, args: [path], isReady }),
    )
  }

  publishOne(): RequestTemplate {
    const headers = { 'Content-Type': 'application/json' }
    return httpTemplate({
      method: 'POST',
      path: '/',
      headers,
      body: measurement(new TemplateBuilder()).build(),
    })
  }
}
