import proxyAddr from '@fastify/proxy-addr'
import { z } from 'zod'
import { parseBlobUrl } from './blob-url.ts'
import { databaseDefaults } from './database-defaults.ts'
import type { Setting } from './setting.ts'

const MIB = 1024 * 1024

/** Where an installation keeps what it keeps, beside the data directory: of importance to every command. */
export const storageSettings = {
  databaseUrl: {
    ...setting(
      'database-url',
      'URL',
      null,
      'PostgreSQL database that keeps everything but pictures: postgres://USER:PASSWORD@HOST/DATABASE?sslmode=MODE, several hosts separated by commas; without it that is in the data directory',
      postgresUrl(),
    ),
    isSecret: true,
  },
  databaseUrlFile: {
    ...setting(
      'database-url-file',
      'FILE',
      null,
      'file that holds that URL, without the final line break',
      z.string().optional(),
    ),
    holds: 'databaseUrl',
  },
  databaseReplicaUrl: {
    ...setting(
      'database-replica-url',
      'URL',
      null,
      'standby of that database, which answers graphs and lists when it has all that was stored before',
      postgresUrl(),
    ),
    isSecret: true,
  },
  databaseReplicaUrlFile: {
    ...setting(
      'database-replica-url-file',
      'FILE',
      null,
      'file that holds that URL, without the final line break',
      z.string().optional(),
    ),
    holds: 'databaseReplicaUrl',
  },
  databaseConnections: setting(
    'database-connections',
    'COUNT',
    String(databaseDefaults.connections),
    'most connections of this node to the database',
    whole(4, 1000),
  ),
  databaseTimeout: setting(
    'database-timeout',
    'SECONDS',
    String(databaseDefaults.timeout),
    'seconds that one statement may take in the database',
    whole(1, 3600),
  ),
  databaseLockTimeout: setting(
    'database-lock-timeout',
    'SECONDS',
    String(databaseDefaults.lockTimeout),
    'seconds to wait for what another node holds in the database',
    whole(1, 3600),
  ),
  databaseConnectTimeout: setting(
    'database-connect-timeout',
    'SECONDS',
    String(databaseDefaults.connectTimeout),
    'seconds to wait for a connection to the database',
    whole(1, 600),
  ),
  blobUrl: {
    ...setting(
      'blob-url',
      'URL',
      null,
      'bucket that keeps the pictures: s3://BUCKET[/PREFIX]?endpoint=URL&region=REGION; without it they are in the data directory',
      z.string().transform(parseBlobUrl).optional(),
    ),
    // Somebody may have put keys into it.
    isSecret: true,
  },
  s3AccessKey: {
    ...setting(
      's3-access-key',
      'KEY',
      null,
      'access key of the bucket; AWS_ACCESS_KEY_ID counts as well',
      z.string().optional(),
    ),
    alternatives: ['AWS_ACCESS_KEY_ID'],
  },
  s3SecretKey: {
    ...setting(
      's3-secret-key',
      'SECRET',
      null,
      'its secret, better given as a variable or a file; AWS_SECRET_ACCESS_KEY counts as well',
      z.string().optional(),
    ),
    alternatives: ['AWS_SECRET_ACCESS_KEY'],
    isSecret: true,
  },
  s3SecretKeyFile: setting(
    's3-secret-key-file',
    'FILE',
    null,
    'file that holds the secret, without the final line break',
    z.string().optional(),
  ),
  s3SessionToken: {
    ...setting(
      's3-session-token',
      'TOKEN',
      null,
      'token of lent keys; AWS_SESSION_TOKEN counts as well',
      z.string().optional(),
    ),
    alternatives: ['AWS_SESSION_TOKEN'],
    isSecret: true,
  },
  s3SessionTokenFile: {
    ...setting(
      's3-session-token-file',
      'FILE',
      null,
      'file that holds that token, without the final line break',
      z.string().optional(),
    ),
    holds: 's3SessionToken',
  },
} as const satisfies Record<string, Setting<unknown>>

/** Every setting of `senio serve`; commands that work on a data directory know `dataDir` as well. */
export const settings = {
  port: setting(
    'port',
    'PORT',
    '8080',
    'TCP port of the API and the web app; 0 picks a free one',
    whole(0, 65_535),
  ),
  host: setting(
    'host',
    'ADDRESS',
    '0.0.0.0',
    'address to listen on; 127.0.0.1 for this machine only',
    z.string().min(1, 'is empty'),
  ),
  dataDir: setting(
    'data-dir',
    'DIR',
    './data',
    'directory of everything that Senio keeps, but for what --database-url and --blob-url put elsewhere',
    z.string().min(1, 'is empty'),
  ),
  ...storageSettings,
  blobRedirect: setting(
    'blob-redirect',
    'SECONDS',
    null,
    'lets browsers fetch originals from the bucket, by links that hold so long; without it everything comes through the server; not with lent keys',
    whole(1, 604_800).optional(),
  ),
  publicUrl: setting(
    'public-url',
    'URL',
    null,
    'address under which people and devices reach this server, when a proxy stands before it',
    z
      .url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  ),
  trustProxy: setting(
    'trust-proxy',
    'ADDRESSES',
    null,
    'addresses or networks of reverse proxies whose X-Forwarded headers count, separated by commas',
    z
      .string()
      .transform((list) => list.split(',').map((address) => address.trim()))
      .refine(areAddresses, 'is not a list of IP addresses or networks, such as 10.0.0.0/8')
      .optional(),
  ),
  maxImageBytes: setting(
    'max-image-bytes',
    'BYTES',
    String(20 * MIB),
    'largest picture, bytes',
    whole(1, 2 ** 32),
  ),
  maxImagePixels: setting(
    'max-image-pixels',
    'PIXELS',
    '50000000',
    'largest picture, width × height',
    whole(1, 268_402_689),
  ),
  decoders: setting(
    'decoders',
    'COUNT',
    null,
    'how many pictures are decoded at a time, each in a process of some 100 MB; without it one less than the processors, and at most one for each GB of memory',
    whole(1, 256).optional(),
  ),
  publishRate: setting(
    'publish-rate',
    'PER_SECOND',
    '50000',
    'requests a second that one device key may send, averaged over ten seconds',
    whole(1, 1e9),
  ),
  sessionIdle: setting(
    'session-idle',
    'DAYS',
    '14',
    'days without use after which somebody has to sign in again; an open view counts as use; 30 days after signing in they have to anyway',
    whole(1, 30),
  ),
  bodyTimeout: setting(
    'body-timeout',
    'SECONDS',
    '15',
    'seconds without a byte after which a body is given up; also the time for the headers',
    whole(1, 3600),
  ),
  maxConnections: setting(
    'max-connections',
    'COUNT',
    '10000',
    'most connections at once, idle ones included; further ones are closed unanswered',
    whole(1, 1_000_000),
  ),
  scrubRate: setting(
    'scrub-rate',
    'MIB_PER_SECOND',
    '2',
    'MiB a second at which everything is read to find what the disk has damaged, once a day at most; 0: never',
    whole(0, 10_000),
  ),
  metricsToken: {
    ...setting(
      'metrics-token',
      'TOKEN',
      null,
      'what /metrics asks for as "Authorization: Bearer TOKEN", at least 16 characters; without it everybody gets them',
      z.string().min(16, 'is shorter than 16 characters').optional(),
    ),
    isSecret: true,
  },
  metricsTokenFile: {
    ...setting(
      'metrics-token-file',
      'FILE',
      null,
      'file that holds that token, without the final line break',
      z.string().optional(),
    ),
    holds: 'metricsToken',
  },
  adminEmail: setting(
    'admin-email',
    'EMAIL',
    null,
    'account that the first start creates',
    z.string().optional(),
  ),
  adminPassword: {
    ...setting(
      'admin-password',
      'PASSWORD',
      null,
      'password of the account of admin-email; better: admin-password-file',
      z.string().optional(),
    ),
    isSecret: true,
  },
  adminPasswordFile: setting(
    'admin-password-file',
    'FILE',
    null,
    'file that holds that password, without the final line break',
    z.string().optional(),
  ),
  logLevel: setting(
    'log-level',
    'LEVEL',
    'warn',
    'how much is logged to standard error: fatal, error, warn, info, debug or silent',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'is no level'),
  ),
} as const

export type SettingName = keyof typeof settings

function setting<Value>(
  flag: string,
  placeholder: string,
  fallback: string | null,
  help: string,
  schema: z.ZodType<Value, string> | z.ZodType<Value, string | undefined>,
): Setting<Value> {
  return { flag, placeholder, fallback, help, schema }
}

function whole(min: number, max: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is not from ${min} to ${max}`)
}

function postgresUrl(): z.ZodType<string | undefined, string | undefined> {
  return z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'is not a URL that begins with postgres://')
    .optional()
}

function areAddresses(list: readonly string[]): boolean {
  try {
    proxyAddr.compile([...list])
    return true
  } catch {
    return false
  }
}
