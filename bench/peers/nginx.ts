import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, newDataDir } from '../context.ts'
import { httpTemplate } from '../load/http-request.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { findOrUnpack } from './debian.ts'

/** nginx of Debian taking files by PUT: what an upload costs a server in C that neither hashes nor syncs. */
export class Nginx {
  readonly name = 'nginx'
  readonly settings =
    'PUT by dav_methods into one directory, one worker; nothing is hashed, synced or indexed'
  readonly version: string
  readonly port: number
  readonly program: Program

  private constructor(program: Program, version: string, port: number) {
    this.program = program
    this.version = version
    this.port = port
  }

  static async start(bench: Bench): Promise<Nginx> {
    const { path, version, env } = await findOrUnpack(bench, 'nginx', 'nginx')
    const dir = await newDataDir(bench, 'nginx')
    const port = await freePort()
    // Its worker gives up being root.
    await mkdir(join(dir, 'files'))
    await chmod(join(dir, 'files'), 0o777)
    await chmod(dir, 0o777)
    const config = join(dir, 'nginx.conf')
    await writeFile(config, configuration(dir, port))
    const program = await Program.start('nginx', {
      command: path,
      args: ['-p', dir, '-c', config, '-e', 'stderr'],
      env,
      wrapper: bench.wrapper,
      isReady: () => answers(`http://127.0.0.1:${port}/ready`),
    })
    return new Nginx(program, version, port)
  }

  put(image: RequestTemplate): RequestTemplate {
    const path = new TemplateBuilder().text('/files/').number(9).text('.jpg').build()
    const body = new TemplateBuilder().template(image).entry().build()
    return httpTemplate({ method: 'PUT', path, body })
  }
}

function configuration(dir: string, port: number): string {
  return `daemon off;
worker_processes 1;
pid ${dir}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  client_max_body_size 64m;
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:${port};
    location = /ready { return 204; }
    location /files/ { root ${dir}; dav_methods PUT; }
  }
}
`
}
