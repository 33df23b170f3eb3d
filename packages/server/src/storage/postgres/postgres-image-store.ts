import { type ImageMediaType, timestampMs } from '@senio/protocol'
import type { ImageState, ImageStore, StoredImage } from '../image-store.ts'
import type { Connections } from './connections.ts'
import type { PostgresSession } from './session.ts'
import { hexOf } from './stored-value.ts'

const COLUMNS = 'sha1, sha256, media_type, bytes, width, height, damaged, state, created'

type ImageTuple = readonly [
  sha1: Buffer,
  sha256: Buffer,
  mediaType: ImageMediaType,
  bytes: number,
  width: number | null,
  height: number | null,
  damaged: number,
  state: ImageState,
  created: number,
]

/** Pictures looked at by one statement: each is looked for in every partition of values, and statements end after a time. */
const LOOKED_AT_ONCE = 1000

/** Looks for each picture by itself: the planner's other ways are to read all values, once or even each time. */
const BY_KEY = 'SET LOCAL enable_seqscan = off'
const BEGIN_BY_KEY = `BEGIN; ${BY_KEY}`
const READ_BY_KEY = `BEGIN READ ONLY; ${BY_KEY}`

/** Facts about pictures in PostgreSQL: see docs/formats/postgres.md. */
export function postgresImageStore(connections: Connections): ImageStore {
  return {
    async find(sha1s) {
      if (sha1s.length === 0) return new Map()
      const rows = await connections.use((session) =>
        session.tuples<ImageTuple>(
          `SELECT ${COLUMNS} FROM image WHERE sha1 = ANY($1::bytea[])`,
          bytesOf(sha1s),
        ),
      )
      return new Map(rows.map(imageOf).map((image) => [image.sha1, image]))
    },

    async claimPending(limit, now, until) {
      const rows = await connections.use((session) =>
        // Those that another node is just claiming are left to it.
        session.tuples<ImageTuple>(
          `UPDATE image SET claimed_until = $1 WHERE sha1 IN (
             SELECT sha1 FROM image WHERE state = 'pending' AND (claimed_until <= $2 OR claimed_until > $3)
             ORDER BY created, sha1 LIMIT $4 FOR UPDATE SKIP LOCKED)
           RETURNING ${COLUMNS}`,
          until,
          now,
          until + (until - now),
          limit,
        ),
      )
      // RETURNING promises no order.
      return rows.map(imageOf).toSorted((a, b) => a.created - b.created || (a.sha1 < b.sha1 ? -1 : 1))
    },

    async release(sha1s) {
      if (sha1s.length === 0) return
      await connections.use((session) =>
        session.run(
          "UPDATE image SET claimed_until = 0 WHERE sha1 = ANY($1::bytea[]) AND state = 'pending'",
          [bytesOf(sha1s)],
        ),
      )
    },

    async finish(sha1, { width, height, damaged, state }) {
      await connections.use((session) =>
        session.run(
          'UPDATE image SET width = $1, height = $2, damaged = $3, state = $4, claimed_until = 0 WHERE sha1 = $5',
          [width, height, damaged ? 1 : 0, state, Buffer.from(sha1, 'hex')],
        ),
      )
    },

    async retry({ sha1, width, height, damaged }) {
      await connections.use((session) =>
        session.run(
          `UPDATE image SET state = 'pending', width = $1, height = $2, damaged = $3, claimed_until = 0
           WHERE sha1 = $4 AND state = 'failed'`,
          [width, height, damaged ? 1 : 0, Buffer.from(sha1, 'hex')],
        ),
      )
    },

    async countPending() {
      const [row] = await connections.use((session) =>
        session.tuples<readonly [number]>(`SELECT count(*)::int FROM image WHERE state = 'pending'`),
      )
      return row?.[0] ?? 0
    },

    async unreferenced(after, limit) {
      const found: Buffer[] = []
      let last: Buffer = Buffer.from(after ?? '', 'hex')
      for (;;) {
        const looked = await connections.use((session) =>
          session.tuples<readonly [Buffer, boolean]>(
            'SELECT sha1, unreferenced IS NOT NULL FROM image WHERE sha1 > $1 ORDER BY sha1 LIMIT $2',
            last,
            LOOKED_AT_ONCE,
          ),
        )
        const open = looked.filter(([, isNoted]) => !isNoted).map(([sha1]) => sha1)
        found.push(...(await connections.transaction((session) => unused(session, open), READ_BY_KEY)))
        const end = looked.at(-1)
        if (end === undefined || looked.length < LOOKED_AT_ONCE || found.length >= limit) break
        last = end[0]
      }
      return found.slice(0, limit).map(hexOf)
    },

    async noteUnreferenced(sha1s, now) {
      if (sha1s.length === 0) return
      await connections.transaction(async (session) => {
        await holdAll(session, sha1s)
        await session.run(
          'UPDATE image SET unreferenced = $1 WHERE sha1 = ANY($2::bytea[]) AND unreferenced IS NULL',
          [now, await unused(session, bytesOf(sha1s))],
        )
      }, BEGIN_BY_KEY)
    },

    async unreferencedSince(before, limit) {
      return await connections.transaction(async (session) => {
        const found: Buffer[] = []
        for (let last: readonly [number, Buffer] = [-Infinity, Buffer.alloc(0)]; found.length < limit;) {
          const rows = await session.tuples<readonly [number, Buffer]>(
            `SELECT unreferenced, sha1 FROM image WHERE unreferenced < $1 AND (unreferenced, sha1) > ($2, $3)
             ORDER BY unreferenced, sha1 LIMIT $4`,
            before,
            ...last,
            limit,
          )
          const noted = rows.map(([, sha1]) => sha1)
          found.push(...(await unused(session, noted)))
          last = rows.at(-1) ?? last
          if (rows.length < limit) break
        }
        return found.slice(0, limit).map(hexOf)
      }, READ_BY_KEY)
    },

    async forget(sha1s, before) {
      if (sha1s.length === 0) return []
      return await connections.transaction(async (session) => {
        await holdAll(session, sha1s)
        const rows = await session.tuples<readonly [Buffer]>(
          'DELETE FROM image WHERE sha1 = ANY($1::bytea[]) AND unreferenced < $2 RETURNING sha1',
          await unused(session, bytesOf(sha1s)),
          before,
        )
        return rows.map(([sha1]) => hexOf(sha1))
      }, BEGIN_BY_KEY)
    },

    async list(after, limit) {
      const rows = await connections.use((session) =>
        session.tuples<ImageTuple>(
          `SELECT ${COLUMNS} FROM image WHERE sha1 > $1 ORDER BY sha1 LIMIT $2`,
          Buffer.from(after ?? '', 'hex'),
          limit,
        ),
      )
      return rows.map(imageOf)
    },
  }
}

/** Those of the pictures that no value refers to, in their order. */
async function unused(session: PostgresSession, sha1s: readonly Buffer[]): Promise<readonly Buffer[]> {
  if (sha1s.length === 0) return []
  const rows = await session.tuples<readonly [Buffer]>(
    session.isDistributed
      ? 'SELECT DISTINCT b FROM value WHERE b = ANY($1::bytea[])'
      : `SELECT wanted.b FROM unnest($1::bytea[]) AS wanted (b)
         CROSS JOIN LATERAL (SELECT 1 FROM value WHERE value.b = wanted.b LIMIT 1) used`,
    sha1s,
  )
  const used = new Set(rows.map(([sha1]) => hexOf(sha1)))
  return sha1s.filter((sha1) => !used.has(hexOf(sha1)))
}

/** Whoever is storing a value with one of the pictures holds it: the next statement sees what they have done. */
async function holdAll(session: PostgresSession, sha1s: readonly string[]): Promise<void> {
  await session.tuples(
    'SELECT 1 FROM image WHERE sha1 = ANY($1::bytea[]) ORDER BY sha1 FOR UPDATE',
    bytesOf(sha1s),
  )
}

function imageOf(row: ImageTuple): StoredImage {
  const [sha1, sha256, mediaType, bytes, width, height, damaged, state, created] = row
  return {
    sha1: hexOf(sha1),
    sha256: hexOf(sha256),
    mediaType,
    bytes,
    width,
    height,
    damaged: damaged === 1,
    state,
    created: timestampMs(created),
  }
}

function bytesOf(sha1s: readonly string[]): readonly Buffer[] {
  return sha1s.map((sha1) => Buffer.from(sha1, 'hex'))
}
