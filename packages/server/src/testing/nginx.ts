import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DebianPrograms, debianPackages } from './debian-packages.ts'
import { orSkipLoudly } from './or-skip-loudly.ts'

const CONFIGURATION = new URL('../../../../deploy/nginx/senio.conf', import.meta.url)

/** How long the configuration doesn't ask a node that has failed, in seconds. */
export const NGINX_FAIL_SECONDS = 1

/** A real nginx on loopback. */
export interface Nginx {
  readonly url: string
  stop(): Promise<void>
}

/** nginx; null where it can't be had, which is said aloud, and an error in CI. */
export async function nginxPrograms(): Promise<DebianPrograms | null> {
  return orSkipLoudly('nginx', await debianPackages('nginx', ['nginx-light']))
}

/**
 * Runs nginx with the configuration that we deploy, changed in nothing but addresses.
 * @param nodes `host:port` of each, as many as it names
 */
export async function startNginx(
  programs: DebianPrograms,
  port: number,
  nodes: readonly string[],
): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-nginx-'))
  const deployed = await readFile(CONFIGURATION, 'utf8')
  const named = new Set<string>()
  const site = deployed
    .replaceAll(/server (senio-(\d):8080)/g, (_, name: string, node: string) => {
      named.add(name)
      return `server ${nodes[Number(node) - 1] ?? ''}`
    })
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
  if (named.size !== nodes.length) throw new Error(`The configuration names ${named.size} nodes.`)
  await writeFile(join(directory, 'senio.conf'), site)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  )
  const configuration = join(directory, 'nginx.conf')
  await writeFile(
    configuration,
    `daemon off; master_process off; error_log ${join(directory, 'error.log')}; pid ${join(directory, 'pid')};
events {}
http { access_log off; ${paths.join(' ')} include ${join(directory, 'senio.conf')}; }
`,
  )
  const child = spawn('nginx', ['-c', configuration, '-p', directory], {
    env: programs.environment,
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
  for (let tries = 0; ; tries++) {
    const isThere = await fetch(`${url}/metrics`).then(
      () => true,
      () => false,
    )
    if (isThere) return { url, stop }
    if (tries > 200 || child.exitCode !== null) {
      const log = await readFile(join(directory, 'error.log'), 'utf8').catch(() => '')
      await stop()
      throw new Error(`nginx did not start: ${log}`)
    }
    await sleep(25)
  }
}
