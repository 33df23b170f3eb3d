import { createHash } from 'node:crypto'
import { DAY, type DurationMs, HOUR, MINUTE, SECOND, type TimestampMs, timestampMs } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import type { DamagedPicture, ScrubState, ScrubStore } from '../../storage/scrub-store.ts'
import { MemoryBlobStore } from '../pictures/testing/memory-blob-store.ts'
import { MemoryImageStore } from '../pictures/testing/memory-image-store.ts'
import { DamagedPictures } from './damaged-pictures.ts'
import { Scrubber } from './scrubber.ts'
import { VerifiedOriginals } from './verified-originals.ts'

/** What several nodes share. */
class MemoryScrubStore implements ScrubStore {
  readonly damaged = new Map<string, DamagedPicture>()
  current: ScrubState = { started: null, position: null, ended: null, databaseFaults: 0 }
  holder: { readonly name: string; readonly until: number } | null = null

  async state(): Promise<ScrubState> {
    return this.current
  }

  async claim(holder: string, now: TimestampMs, until: TimestampMs): Promise<ScrubState | null> {
    const held = this.holder?.name === holder ? 0 : (this.holder?.until ?? 0)
    if (held > now && held <= until + (until - now)) return null
    this.holder = { name: holder, until }
    return this.current
  }

  async save(holder: string, until: TimestampMs, state: ScrubState): Promise<boolean> {
    if (this.holder?.name !== holder) return false
    this.current = state
    this.holder = { name: holder, until }
    return true
  }

  async addDamaged(picture: DamagedPicture): Promise<boolean> {
    const isNew = this.damaged.get(picture.sha1)?.fault !== picture.fault
    this.damaged.set(picture.sha1, picture)
    return isNew
  }

  async removeDamaged(sha1s: readonly string[]): Promise<void> {
    for (const sha1 of sha1s) this.damaged.delete(sha1)
  }

  async listDamaged(limit: number): Promise<readonly DamagedPicture[]> {
    return [...this.damaged.values()].slice(0, limit)
  }

  async countDamaged(): Promise<number> {
    return this.damaged.size
  }
}

class Bench {
  time = timestampMs(1_800_000_000_000)
  readonly now = (): TimestampMs => this.time
  readonly scrub = new MemoryScrubStore()
  readonly images = new MemoryImageStore()
  readonly originals = new MemoryBlobStore(this.now)
  readonly verified = new VerifiedOriginals({ elapsed: this.now })
  readonly reported: string[] = []
  readonly faults: string[] = []
  databaseFaults: readonly string[] = []
  databaseLooks = 0
  /** How many bytes each step of a look at the database reads. */
  databaseSteps: readonly number[] = []
  isBusy = false
  /** Called at each rest with its length. */
  onRest: (duration: DurationMs) => void = () => undefined

  node(holder: string, bytesPerSecond = 1024, verified = this.verified): Scrubber {
    const report = (error: unknown): void => void this.reported.push(String(error))
    const { scrub, images, now } = this
    const damaged = new DamagedPictures({ scrub, images, verified, now, report })
    return new Scrubber({
      scrub: this.scrub,
      images: this.images,
      originals: this.originals,
      damaged,
      findFaults: async ({ rest }) => {
        this.databaseLooks++
        for (const bytes of this.databaseSteps) await rest?.(bytes)
        return this.databaseFaults.map((detail) => ({ detail }))
      },
      holder,
      now: this.now,
      bytesPerSecond,
      isBusy: () => this.isBusy,
      report,
      onDatabaseFault: (fault) => void this.faults.push(fault),
      pause: {
        wait: async (duration) => {
          this.time = timestampMs(this.time + duration)
          this.onRest(duration)
        },
        close: () => undefined,
      },
    })
  }

  /** Gives the hash. */
  publish(content: string): string {
    const bytes = Buffer.from(content)
    const sha1 = createHash('sha1').update(bytes).digest('hex')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.originals.put(sha1, bytes)
    this.images.add({
      sha1,
      sha256,
      bytes: bytes.length,
      mediaType: 'image/jpeg',
      width: 1,
      height: 1,
      damaged: false,
      created: this.time,
    })
    return sha1
  }
}

describe('a scrub', () => {
  it('finds what is damaged or missing, reports it once, and finds it sound when it is', async () => {
    const b = new Bench()
    const [flipped, lost] = [b.publish('a'), b.publish('b'), b.publish('c')]
    b.originals.put(flipped, Buffer.from('x'))
    b.originals.blobs.delete(lost)
    const node = b.node('one')
    await node.step()
    const found = () => [...b.scrub.damaged.values()].map(({ sha1, fault }) => `${fault} ${sha1}`).toSorted()
    expect(found()).toStrictEqual([`damaged ${flipped}`, `missing ${lost}`])
    expect(b.reported).toHaveLength(2)
    b.time = timestampMs(b.time + 2 * DAY)
    await node.step()
    expect(b.reported).toHaveLength(2)
    b.originals.put(flipped, Buffer.from('a'))
    b.images.rows.delete(lost)
    b.time = timestampMs(b.time + 2 * DAY)
    await node.step()
    expect(found()).toStrictEqual([])
  })

  it('lets what it finds damaged be remembered as sound by no node', async () => {
    const b = new Bench()
    const sha1 = b.publish('a')
    const elsewhere = new VerifiedOriginals({ elapsed: b.now })
    const checks: string[] = []
    const verify = (where: VerifiedOriginals, name: string) =>
      where.verify(sha1, 'first', async () => void checks.push(name))
    const both = async () => {
      await verify(b.verified, 'here')
      await verify(elsewhere, 'elsewhere')
    }
    await both()
    b.originals.put(sha1, Buffer.from('x'))
    await b.node('one').step()
    await b.node('another', 1024, elsewhere).step()
    await both()
    expect(checks).toStrictEqual(['here', 'elsewhere', 'here', 'elsewhere'])
  })

  it('looks at the database first, and says what is wrong with it', async () => {
    const b = new Bench()
    b.databaseFaults = ['page 7 is not', 'a row is missing']
    const node = b.node('one')
    await node.step()
    expect(b.faults).toStrictEqual(b.databaseFaults)
    expect(node.state).toMatchObject({ databaseFaults: 2, started: null, ended: b.time })
  })

  it('reads no faster than it may', async () => {
    const b = new Bench()
    for (let n = 0; n < 10; n++) b.publish(`${n}`.repeat(10_240))
    const started = b.time
    await b.node('one', 1024).step()
    expect(b.time - started).toBeGreaterThanOrEqual(100_000)
  })

  it('rests while there is other work', async () => {
    const b = new Bench()
    b.publish('a')
    b.isBusy = true
    let rests = 0
    b.onRest = () => {
      if (++rests === 5) b.isBusy = false
    }
    await b.node('one').step()
    // Five of them for the others, one for its own speed.
    expect(rests).toBe(6)
  })

  it('begins a pass once a day', async () => {
    const b = new Bench()
    const node = b.node('one')
    await node.step()
    b.time = timestampMs(b.time + 23 * HOUR)
    await node.step()
    expect(b.databaseLooks).toBe(1)
    b.time = timestampMs(b.time + HOUR)
    await node.step()
    expect(b.databaseLooks).toBe(2)
  })

  it('goes on after a stop where it was, without looking at the database again', async () => {
    const b = new Bench()
    const sha1s = ['a', 'b', 'c', 'd'].map((content) => b.publish(content)).toSorted()
    const first = b.node('one')
    let stopped: Promise<void> | null = null
    b.onRest = () => {
      stopped ??= first.stop()
    }
    await first.step()
    expect(b.scrub.current.position).toBe(sha1s[0])
    b.onRest = () => undefined
    // What it has seen already may be damaged now: that is for the next pass.
    b.originals.blobs.clear()
    await b.node('two').step()
    expect([...b.scrub.damaged.keys()].toSorted()).toStrictEqual(sha1s.slice(1))
    expect(b.databaseLooks).toBe(1)
    expect(b.scrub.current).toMatchObject({ started: null, position: null, ended: b.time })
  })

  it('is one node’s at a time; another takes over when that one is gone', async () => {
    const b = new Bench()
    b.publish('a')
    await b.scrub.claim('gone', b.time, timestampMs(b.time + 10 * MINUTE))
    const node = b.node('two')
    await node.step()
    expect(b.databaseLooks).toBe(0)
    b.time = timestampMs(b.time + 10 * MINUTE)
    await node.step()
    expect(b.databaseLooks).toBe(1)
  })

  it('does not wait for a clock that was ahead: neither for the last pass nor for who held it', async () => {
    const b = new Bench()
    b.publish('a')
    b.time = timestampMs(b.time + DAY)
    await b.node('one').step()
    await b.scrub.claim('gone', b.time, timestampMs(b.time + 10 * MINUTE))
    b.time = timestampMs(b.time - DAY)
    await b.node('two').step()
    expect(b.databaseLooks).toBe(2)
    expect(b.scrub.current.ended).toBe(b.time)
    // Another node's clock that is a little ahead is no such thing.
    b.scrub.current = { ...b.scrub.current, ended: timestampMs(b.time + 1000) }
    await b.node('two').step()
    expect(b.databaseLooks).toBe(2)
  })

  it('notes how far it is when the clock was set back amid a pass', async () => {
    const b = new Bench()
    const sha1s = ['a', 'b', 'c'].map((content) => b.publish(content)).toSorted()
    const noted: (string | null)[] = []
    let rests = 0
    b.onRest = () => {
      noted.push(b.scrub.current.position)
      if (++rests === 2) b.time = timestampMs(b.time - DAY)
    }
    await b.node('one').step()
    expect(noted).toStrictEqual([null, null, sha1s[1]])
  })

  it('that has lost its place to another node stops', async () => {
    const b = new Bench()
    for (let n = 0; n < 100; n++) b.publish(`${n}`.repeat(1024))
    b.onRest = () => {
      b.scrub.holder = { name: 'other', until: b.time + HOUR }
    }
    await b.node('one', 128).step()
    expect(b.scrub.current.ended).toBeNull()
  })

  it('reads the database no faster than it may, and rests while there is other work', async () => {
    const b = new Bench()
    b.databaseSteps = [10_240, 102_400]
    const started = b.time
    let rests = 0
    b.isBusy = true
    b.onRest = (duration) => {
      if (duration === SECOND && ++rests === 5) b.isBusy = false
    }
    await b.node('one', 1024).step()
    expect(b.time - started).toBe(115_000)
    expect(b.scrub.current).toMatchObject({ started: null, ended: b.time })
  })

  it('keeps its place while it looks at a database for an hour', async () => {
    const b = new Bench()
    b.databaseSteps = [1024 * 3600]
    b.onRest = () => {
      expect(b.scrub.holder?.until).toBeGreaterThan(b.time)
    }
    await b.node('one', 1024).step()
    expect(b.scrub.current.ended).toBe(b.time)
  })

  it('ends a look at the database when it is stopped or has lost its place, and begins it anew', async () => {
    const b = new Bench()
    b.databaseSteps = [102_400, 102_400]
    const first = b.node('one', 1024)
    let stopped: Promise<void> | null = null
    b.onRest = () => {
      stopped ??= first.stop()
    }
    await first.step()
    expect(b.scrub.current).toMatchObject({ started: null, ended: null })
    b.onRest = () => {
      b.scrub.holder = { name: 'other', until: b.time + HOUR }
    }
    await b.node('two', 1024).step()
    expect(b.scrub.current.ended).toBeNull()
    b.onRest = () => undefined
    b.time = timestampMs(b.time + 2 * HOUR)
    await b.node('three', 1024).step()
    expect(b.databaseLooks).toBe(3)
    expect(b.scrub.current.ended).toBe(b.time)
  })

  it('goes on behind a picture that can’t be read', async () => {
    const b = new Bench()
    const sha1s = ['a', 'b', 'c'].map((content) => b.publish(content)).toSorted()
    b.originals.unreadable.add(sha1s[1] ?? '')
    await b.node('one').step()
    expect([...b.scrub.damaged.values()].map(({ sha1, fault }) => [sha1, fault])).toStrictEqual([
      [sha1s[1], 'unreadable'],
    ])
    expect(b.reported[0]).toMatch(/can't be read, while others can/)
    expect(b.scrub.current).toMatchObject({ started: null, ended: b.time })
  })

  it('marks nothing while no picture can be read, and goes on where it was afterwards', async () => {
    const b = new Bench()
    b.publish('a')
    b.originals.isAway = true
    await expect(b.node('one').step()).rejects.toMatchObject({ code: 'storage-failing' })
    expect(b.scrub.damaged.size).toBe(0)
    b.originals.isAway = false
    await b.node('one').step()
    expect(b.databaseLooks).toBe(1)
    expect(b.scrub.damaged.size).toBe(0)
    expect(b.scrub.current).toMatchObject({ started: null, ended: b.time })
  })

  it('never begins when it may read nothing', async () => {
    const b = new Bench()
    await b.node('one', 0).step()
    expect(b.databaseLooks).toBe(0)
  })
})
