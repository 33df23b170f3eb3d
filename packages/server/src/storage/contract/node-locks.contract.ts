import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NodeLocks } from '../node-locks.ts'

/** Two nodes of an installation. */
export interface NodeLocksUnderTest {
  readonly here: NodeLocks
  readonly there: NodeLocks
  dispose(): Promise<void>
}

/** What `NodeLocks` promises. */
export function nodeLocksContract(open: () => Promise<NodeLocksUnderTest>): void {
  describe('locks across nodes', () => {
    let nodes: NodeLocksUnderTest
    beforeEach(async () => {
      nodes = await open()
    })
    afterEach(() => nodes.dispose())

    test('let one node at a time hold a name', async () => {
      const { here, there } = nodes
      const events: string[] = []
      const release = await here.acquire(['a', 'b'])
      const waiting = there.acquire(['b', 'c']).then((done) => {
        events.push('there')
        done()
      })
      // What is held by nobody else doesn't wait for those who wait.
      const other = await there.acquire(['d'])
      other()
      events.push('here')
      release()
      await waiting
      expect(events).toStrictEqual(['here', 'there'])
    })

    test('end in nobody waiting for each other for ever, whatever the order', async () => {
      const { here, there } = nodes
      const names = ['a', 'b', 'c', 'd']
      for (let round = 0; round < 5; round++) {
        const releases = Promise.all([
          here.acquire(names).then((release) => release()),
          there.acquire(names.toReversed()).then((release) => release()),
        ])
        await releases
      }
    })

    test('hold many names, of many callers at once', async () => {
      const { here, there } = nodes
      const releases = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? here : there).acquire([`many ${index}`]),
        ),
      )
      for (const release of releases) release()
      const again = await here.acquire(Array.from({ length: 100 }, (_, index) => `many ${index}`))
      again()
    })
  })
}
