import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { chmod, chown, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { isRoot, postgresBinaries, UNPRIVILEGED } from './binaries.ts'

const SHARED_MEMORY = '/dev/shm'

/** What a run of all tests leaves far from full, in bytes. */
const PLENTY = 2 * 1024 ** 3

/** How long a server may take to answer, in ms. */
const START_TIMEOUT = 30_000

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', killed: 'SIGKILL' } as const

/** A real PostgreSQL server of the tests' own, on loopback. */
export interface PostgresServer {
  /** Of its superuser, to the database `postgres`. */
  readonly url: string
  readonly port: number
  /**
   * Stops it: `fast` as an administrator does, `immediate` as a crash would, `killed` by SIGKILL, upon which its other processes
   * end as they notice; resolves when all have. It can be started again.
   */
  halt(how: 'fast' | 'immediate' | 'killed'): Promise<void>
  /** Whether it has ended by itself, or was halted. */
  hasEnded(): boolean
  /** Starts it again, on the same port. */
  resume(): Promise<void>
  /** Changes a setting that a running server takes, from when it has resolved. */
  set(name: string, value: string): Promise<void>
  /** Runs statements as its superuser. */
  run(sql: string): Promise<void>
  /** A standby of it that confirms each of its commits from now on. It is disposed of before its primary. */
  addStandby(): Promise<PostgresServer>
  /** Stops it and removes everything. */
  dispose(): Promise<void>
}

interface Cluster {
  /** Directory with `bin`. */
  readonly native: string
  readonly data: string
  readonly password: string
  /** What goes away with it. */
  readonly scratch: string
}

/**
 * Starts a server with an empty cluster.
 * @param settings of postgresql.conf, after ours
 * @param home where its directory goes; where it is quickest when null
 * @param programs the directory of a PostgreSQL with `bin`; npm's when null
 * @returns null where npm has no PostgreSQL for this platform
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
  home: string | null = null,
  programs: string | null = null,
): Promise<PostgresServer | null> {
  const scratch = await mkdtemp(join(home ?? (await scratchDirectory()), 'senio-postgres-'))
  const native = programs ?? (await postgresBinaries(scratch))
  if (native === null) {
    await rm(scratch, { recursive: true })
    return null
  }
  const data = join(scratch, 'data')
  const password = randomBytes(18).toString('hex')
  const passwordFile = join(scratch, 'password')
  await writeFile(passwordFile, password)
  if (isRoot()) {
    await chmod(scratch, 0o711)
    for (const path of [scratch, passwordFile]) await chown(path, UNPRIVILEGED.uid, UNPRIVILEGED.gid)
  }
  await runToEnd(join(native, 'bin', 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '--pwfile',
    passwordFile,
    '--auth=scram-sha-256',
    '--no-locale',
    '--encoding=UTF8',
    '--no-sync',
  ])
  return await serve({ native, data, password, scratch }, settings)
}

/** Ids of processes; none where the system doesn't tell. */
async function childrenOf({ pid }: ChildProcess): Promise<readonly number[]> {
  const ids = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return ids.split(' ').filter(Boolean).map(Number)
}

/** Whether a process goes on; one that has ended may still have its id until its parent asks. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /\) [^ZX] /.test(stat)
}

async function serve(cluster: Cluster, settings: Readonly<Record<string, string>>): Promise<PostgresServer> {
  const { native, data, password, scratch } = cluster
  const port = await freePort()
  const options = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // Tests stop servers, not machines.
    full_page_writes: 'off',
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    autovacuum_naptime: '10min',
    log_min_messages: 'panic',
    log_min_error_statement: 'panic',
    ...settings,
  }
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  let running: ChildProcess | null = null

  const resume = async (): Promise<void> => {
    const deadline = performance.now() + START_TIMEOUT
    for (;;) {
      const started = start(join(native, 'bin', 'postgres'), [
        '-D',
        data,
        ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ])
      running = started
      try {
        return await untilReady(url, started)
      } catch (error) {
        // Processes that a killed server has left behind may still have its memory.
        if (started.exitCode === null || performance.now() > deadline) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const halt: PostgresServer['halt'] = async (how) => {
    const stopping = running
    running = null
    if (stopping === null || stopping.exitCode !== null || stopping.signalCode !== null) return
    const ended = new Promise((resolve) => stopping.once('exit', resolve))
    const others = await childrenOf(stopping)
    stopping.kill(SIGNALS[how])
    await ended
    // Those that a killed one leaves may still finish a commit before they notice.
    for (const other of others) {
      while (await isRunning(other)) await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const kill = (): void => {
    running?.kill('SIGKILL')
    rmSync(scratch, { recursive: true, force: true })
  }
  process.once('exit', kill)
  await resume()
  return {
    url,
    port,
    halt,
    hasEnded: () => running === null || running.exitCode !== null || running.signalCode !== null,
    resume,
    set: (name, value) => changeSetting(url, name, value),
    run: (sql) => runScript(url, sql),
    async addStandby() {
      await halt('fast')
      const copy = join(scratch, `standby-${randomBytes(4).toString('hex')}`)
      // By the user that the server runs as.
      await runToEnd('cp', ['-a', data, copy])
      await runToEnd('touch', [join(copy, 'standby.signal')])
      await resume()
      const standby = await serve(
        { native, data: copy, password, scratch: copy },
        {
          ...settings,
          primary_conninfo: `host=127.0.0.1 port=${port} user=postgres password=${password}`,
        },
      )
      await becomeSynchronous(url)
      return standby
    },
    async dispose() {
      process.off('exit', kill)
      await halt('immediate')
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** In memory where there is plenty: PostgreSQL syncs as it does elsewhere, and nobody waits for a disk. */
async function scratchDirectory(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(SHARED_MEMORY)
    if (bavail * bsize > PLENTY && freemem() > PLENTY) return SHARED_MEMORY
  } catch {
    // Not Linux.
  }
  return tmpdir()
}

function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: '/',
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' },
    ...(isRoot() ? UNPRIVILEGED : {}),
  })
}

async function runToEnd(program: string, args: readonly string[]): Promise<void> {
  const child = start(program, args)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`${program} ended with code ${code}.`)
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (cause) {
      if (server.exitCode !== null || performance.now() > deadline) {
        throw new Error('PostgreSQL did not start.', { cause })
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

async function runScript(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  // It may die of them.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function changeSetting(url: string, name: string, value: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`ALTER SYSTEM SET ${name} = '${value}'`)
    await client.query('SELECT pg_reload_conf()')
    for (;;) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`)
      if (rows[0]?.[name] === value) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  } finally {
    await client.end()
  }
}

/** From when it has resolved, a commit is confirmed by a standby as well. */
async function becomeSynchronous(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'")
    await client.query('SELECT pg_reload_conf()')
    const deadline = performance.now() + START_TIMEOUT
    for (;;) {
      const { rows } = await client.query("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
      if (rows.length > 0) return
      if (performance.now() > deadline) throw new Error('The standby does not follow.')
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.')
  return address.port
}
