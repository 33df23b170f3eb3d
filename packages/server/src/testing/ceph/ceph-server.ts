import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DebianPrograms, debianPackages } from '../debian-packages.ts'
import { freePorts } from '../free-ports.ts'

/** What runs an object store: its monitor, its disk, and the gateway that speaks S3. */
const PACKAGES = ['ceph-mon', 'ceph-osd', 'radosgw']

/** How long the gateway may take to answer, in ms. */
const START_TIMEOUT = 60_000

/** How often a program of it is started before it counts as broken. */
const MOST_LAUNCHES = 20

/** A real S3 server of the tests' own, on loopback, with what it keeps in memory. */
export interface CephServer {
  readonly endpoint: string
  readonly accessKey: string
  readonly secretKey: string
  /** Ends the gateway, at once or as an administrator does. What is stored stays, and it can be started again. */
  halt(how: 'killed' | 'stopped'): Promise<void>
  /** Starts the gateway again, on the same port. */
  resume(): Promise<void>
  /** Stops it and removes everything. */
  dispose(): Promise<void>
}

/** Starts an empty Ceph with one monitor, one disk in memory and its S3 gateway. */
export async function startCeph(): Promise<CephServer | { readonly missing: string }> {
  const binaries = await debianPackages('ceph', PACKAGES)
  if ('missing' in binaries) return binaries
  const scratch = await mkdtemp(join(tmpdir(), 'senio-ceph-'))
  const cluster = new Cluster(binaries, scratch)
  const kill = (): void => cluster.kill()
  process.once('exit', kill)
  const dispose = async (): Promise<void> => {
    process.off('exit', kill)
    await cluster.stop()
    await rm(scratch, { recursive: true, force: true })
  }
  try {
    const access = await cluster.start()
    return {
      ...access,
      halt: (how) => cluster.haltGateway(how === 'killed' ? 'SIGKILL' : 'SIGTERM'),
      resume: () => cluster.resumeGateway(access.endpoint),
      dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

type Access = Pick<CephServer, 'endpoint' | 'accessKey' | 'secretKey'>

class Cluster {
  readonly #binaries: DebianPrograms
  readonly #directory: string
  readonly #running = new Set<ChildProcess>()
  #gateway: ChildProcess | null = null
  #isStopping = false
  /** The gateway is to be down. */
  #isHalted = false
  /** Rejects when it can't become ready any more. */
  readonly #failure = Promise.withResolvers<never>()

  constructor(binaries: DebianPrograms, directory: string) {
    this.#binaries = binaries
    this.#directory = directory
    // Whoever starts it waits for it, while it starts.
    this.#failure.promise.catch(() => undefined)
  }

  get #map(): string {
    return join(this.#directory, 'monmap')
  }

  async start(): Promise<Access> {
    const timer = setTimeout(
      () => this.#failure.reject(new Error('Ceph did not start in time.')),
      START_TIMEOUT,
    )
    try {
      return await Promise.race([this.#start(), this.#failure.promise])
    } catch (cause) {
      throw new Error(`Ceph did not start.\n${await this.#log()}`, { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  async #start(): Promise<Access> {
    const directory = this.#directory
    const [monitor = 0, gateway = 0] = await freePorts(2)
    const cluster = randomUUID()
    await Promise.all(['mon', 'osd', 'rgw', 'run'].map((name) => mkdir(join(directory, name))))
    await writeFile(join(directory, 'keyring'), '')
    await writeFile(join(directory, 'ceph.conf'), this.#configuration(cluster, gateway))

    const map = this.#map
    const address = `[v1:127.0.0.1:${monitor}]`
    await this.#run('monmaptool', ['--create', '--addv', 'a', address, '--fsid', cluster, map])
    await this.#run('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map])
    this.#launch('ceph-mon', ['-f', '-i', 'a'])
    await this.#run('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', randomUUID()])
    this.#launch('ceph-osd', ['-f', '-i', '0'])
    const accessKey = randomBytes(10).toString('hex')
    const secretKey = randomBytes(20).toString('hex')
    const keys = ['--access-key', accessKey, '--secret-key', secretKey]
    await this.#run('radosgw-admin', ['user', 'create', '--uid', 'test', '--display-name', 'test', ...keys])
    this.#launchGateway()
    const endpoint = `http://127.0.0.1:${gateway}`
    await this.#untilReady(endpoint)
    return { endpoint, accessKey, secretKey }
  }

  async haltGateway(signal: NodeJS.Signals): Promise<void> {
    const gateway = this.#gateway
    this.#isHalted = true
    if (gateway === null || hasEnded(gateway)) return
    const ended = once(gateway, 'exit')
    gateway.kill(signal)
    await ended
  }

  async resumeGateway(endpoint: string): Promise<void> {
    this.#isHalted = false
    this.#launchGateway()
    await this.#untilReady(endpoint)
  }

  #launchGateway(): void {
    this.#launch('radosgw', ['-f', '-n', 'client.rgw.a'], (gateway) => {
      this.#gateway = gateway
    })
  }

  kill(): void {
    this.#isStopping = true
    for (const child of this.#running) child.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    const ended = [...this.#running].map(
      (child) =>
        new Promise<void>((resolve) => {
          if (hasEnded(child)) resolve()
          else child.once('exit', () => resolve())
        }),
    )
    this.kill()
    await Promise.all(ended)
  }

  /** No keys between its parts, no copies, nothing synced: it lives for one run of tests. */
  #configuration(cluster: string, gateway: number): string {
    const directory = this.#directory
    const { libraries } = this.#binaries
    const options: Readonly<Record<string, string | number | boolean>> = {
      fsid: cluster,
      monmap: this.#map,
      auth_cluster_required: 'none',
      auth_service_required: 'none',
      auth_client_required: 'none',
      keyring: join(directory, 'keyring'),
      ms_bind_msgr2: false,
      ms_bind_ipv6: false,
      public_addr: '127.0.0.1',
      cluster_addr: '127.0.0.1',
      mon_data: join(directory, 'mon'),
      mon_data_avail_crit: 1,
      mon_data_avail_warn: 1,
      mon_allow_pool_size_one: true,
      mon_warn_on_pool_no_redundancy: false,
      mon_max_pg_per_osd: 1000,
      paxos_propose_interval: 0.02,
      paxos_min_wait: 0.01,
      osd_data: join(directory, 'osd'),
      osd_objectstore: 'memstore',
      memstore_device_bytes: 4 * 1024 ** 3,
      osd_pool_default_size: 1,
      osd_pool_default_min_size: 1,
      osd_pool_default_pg_num: 4,
      osd_pool_default_pgp_num: 4,
      osd_pool_default_pg_autoscale_mode: 'off',
      rgw_rados_pool_pg_num_min: 4,
      osd_crush_chooseleaf_type: 0,
      osd_class_dir: join(libraries, 'rados-classes'),
      erasure_code_dir: join(libraries, 'ceph', 'erasure-code'),
      plugin_dir: join(libraries, 'ceph'),
      rgw_data: join(directory, 'rgw'),
      // Without it an answer in two pieces waits 40 ms for an acknowledgement that the client puts off.
      rgw_frontends: `beast endpoint=127.0.0.1:${gateway} tcp_nodelay=1`,
      rgw_enable_gc_threads: false,
      rgw_enable_quota_threads: false,
      run_dir: join(directory, 'run'),
      admin_socket: '',
      pid_file: '',
      log_file: join(directory, '$name.log'),
    }
    const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`)
    return `[global]\n${lines.join('\n')}\n`
  }

  /** Again when it ends: a client that has not yet heard the cluster's id from the monitor is refused now and then. */
  #launch(
    program: string,
    args: readonly string[],
    onLaunch: (child: ChildProcess) => void = () => undefined,
    launches = 1,
  ): void {
    const child = this.#spawn(program, args)
    onLaunch(child)
    child.once('error', (error) => this.#failure.reject(error))
    child.once('exit', (code) => {
      if (this.#isStopping || (this.#isHalted && child === this.#gateway)) return
      if (launches < MOST_LAUNCHES) this.#launch(program, args, onLaunch, launches + 1)
      else this.#failure.reject(new Error(`${program} ended with code ${code}.`))
    })
  }

  async #run(program: string, args: readonly string[], launches = 1): Promise<void> {
    const child = this.#spawn(program, args)
    const { promise, resolve, reject } = Promise.withResolvers<number | null>()
    child.once('error', reject)
    child.once('exit', resolve)
    const code = await promise
    if (code === 0) return
    if (launches >= MOST_LAUNCHES) throw new Error(`${program} ended with code ${code}.`)
    await this.#run(program, args, launches + 1)
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, ['-c', join(this.#directory, 'ceph.conf'), ...args], {
      stdio: 'ignore',
      cwd: this.#directory,
      env: this.#binaries.environment,
    })
    this.#running.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }

  async #untilReady(endpoint: string): Promise<void> {
    for (;;) {
      const status = await fetch(endpoint).then(
        (response) => response.status,
        () => 0,
      )
      if (status === 200) return
      // Ends with the failure of the whole start, too.
      await Promise.race([sleep(25), this.#failure.promise])
    }
  }

  async #log(): Promise<string> {
    const names = ['mon.a', 'osd.0', 'client.admin', 'client.rgw.a']
    const texts = names.map((name) => readFile(join(this.#directory, `${name}.log`), 'utf8').catch(() => ''))
    return (await Promise.all(texts)).map((text) => text.slice(-1000)).join('\n')
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
