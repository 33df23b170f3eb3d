import { chown } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Bench, newDataDir } from '../context.ts'
import { copyTemplate, queryTemplate, variedQueryTemplate } from '../load/postgres-messages.ts'
import type { Query, Range } from '../load/query.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import { freePort } from '../processes/free-port.ts'
import { Program } from '../processes/program.ts'
import { runCommand } from '../processes/run-command.ts'
import { findOrUnpack } from './debian.ts'

/** Created by initdb; trusted on loopback for as long as the bench runs. */
export const POSTGRES_LOGIN = { user: 'bench', database: 'postgres' } as const

/** nobody of Debian: PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 }

const SETTINGS = {
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  work_mem: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
} as const

const TABLE = `CREATE TABLE value (
  field integer NOT NULL, ts timestamptz NOT NULL, value double precision NOT NULL, PRIMARY KEY (field, ts))`

/** PostgreSQL of Debian, with a plain table of values such as one would make by hand. */
export class PostgreSql {
  readonly name = 'postgresql'
  readonly settings = `${Object.entries(SETTINGS)
    .map(([name, value]) => `${name} ${value}`)
    .join(
      ', ',
    )}; a table (field, ts, value) with its primary key; binary COPY; its own protocol instead of HTTP; its log isn't counted on disk`
  readonly version: string
  readonly port: number
  /** Of the tables: the log beside them doesn't grow with them. */
  readonly dataDir: string
  readonly program: Program
  readonly protocol = { postgres: POSTGRES_LOGIN }

  readonly #ask: (sql: string) => Promise<string>

  private constructor(
    program: Program,
    ask: (sql: string) => Promise<string>,
    facts: { version: string; port: number; dataDir: string },
  ) {
    this.program = program
    this.#ask = ask
    this.version = facts.version
    this.port = facts.port
    this.dataDir = facts.dataDir
  }

  /** Ready, without the table: see `createTable`. */
  static async start(bench: Bench): Promise<PostgreSql> {
    const { path, version, env } = await findOrUnpack(
      bench,
      'postgresql',
      '/usr/lib/postgresql/*/bin/postgres',
    )
    const dataDir = await newDataDir(bench, 'postgresql')
    const isRoot = process.getuid?.() === 0
    const account = isRoot ? { user: NOBODY } : {}
    if (isRoot) await chown(dataDir, NOBODY.uid, NOBODY.gid)
    const common = { env: { ...env, LC_ALL: 'C' }, cwd: dataDir, ...account }
    const data = join(dataDir, 'data')
    await runCommand(
      join(dirname(path), 'initdb'),
      ['-D', data, '-U', POSTGRES_LOGIN.user, '--auth=trust', '--encoding=UTF8', '--locale=C'],
      common,
    )
    const port = await freePort()
    const settings = {
      ...SETTINGS,
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
    }
    const program = await Program.start('PostgreSQL', {
      command: path,
      args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      wrapper: bench.wrapper,
      isReady: (output) => output.includes('ready to accept connections'),
      ...common,
    })
    const { user, database } = POSTGRES_LOGIN
    const login = ['-h', '127.0.0.1', '-p', `${port}`, '-U', user, '-d', database]
    const ask = (sql: string): Promise<string> =>
      runCommand(join(dirname(path), 'psql'), [...login, '-XAtc', sql], common)
    return new PostgreSql(program, ask, { version, port, dataDir: join(data, 'base') })
  }

  /** Bytes that its log has come to, and that its tables take. */
  async written(): Promise<{ readonly log: number; readonly tables: number }> {
    const answer = await this.#ask(
      "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn, pg_database_size(current_database())",
    )
    const [log = NaN, tables = NaN] = answer.trim().split('|').map(Number)
    return { log, tables }
  }

  /** What is sent once, before anything else. */
  createTable(): RequestTemplate {
    return queryTemplate(TABLE)
  }

  /** One INSERT, a transaction of its own, of a measurement of two fields: what pgbench would call a script. */
  insertOne(): RequestTemplate {
    const sql = new TemplateBuilder().text('INSERT INTO value VALUES ')
    for (const field of [0, 1]) {
      sql
        .text(`${field === 0 ? '' : ', '}(${field}, to_timestamp(`)
        .time()
        .text(' / 1000.0), ')
        .value(field)
        .text(')')
    }
    return variedQueryTemplate(sql.entry().build())
  }

  /** One COPY, a transaction of its own, of that many measurements of two fields. */
  copy(measurements: number): RequestTemplate {
    const rows = new TemplateBuilder().bytes(COPY_HEAD)
    for (let index = 0; index < measurements; index++) {
      for (const field of [0, 1]) {
        rows.bytes(rowHead(field)).postgresTime().bytes(int32(8)).double(field)
      }
      rows.entry()
    }
    const data = rows.bytes(COPY_END).build()
    return copyTemplate('COPY value FROM STDIN (FORMAT binary)', data)
  }

  buckets({ from, to }: Range, step: number): Query {
    const bucket = `date_bin('${step} milliseconds', ts, 'epoch')`
    return sql(
      `SELECT field, ${bucket} AS bucket, min(value), avg(value), max(value) FROM value
        WHERE field IN (0, 1) AND ${within(from, to)} GROUP BY field, bucket ORDER BY field, bucket`,
    )
  }

  raw({ from, to }: Range): Query {
    return sql(
      `SELECT field, ts, value FROM value WHERE field IN (0, 1) AND ${within(from, to)} ORDER BY field, ts`,
    )
  }

  latest(): Query {
    const newest = [0, 1].map(
      (field) => `(SELECT * FROM value WHERE field = ${field} ORDER BY ts DESC LIMIT 1)`,
    )
    return sql(newest.join(' UNION ALL '))
  }

  /** Sent once when everything is loaded, as autovacuum would do in a while. */
  vacuum(): RequestTemplate {
    return queryTemplate('VACUUM ANALYZE value')
  }
}

function sql(text: string): Query {
  return { template: queryTemplate(text), points: null }
}

function within(from: number, to: number): string {
  return `ts >= to_timestamp(${from} / 1000.0) AND ts < to_timestamp(${to} / 1000.0)`
}

/** See "Binary Format" of COPY: signature, no flags, no extension. */
const COPY_HEAD = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const COPY_END = Buffer.from([0xff, 0xff])

/** Three columns; the first is the field's number, and the length of the second follows. */
function rowHead(field: number): Buffer {
  return Buffer.concat([Buffer.from([0, 3]), int32(4), int32(field), int32(8)])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
