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
      const lock = await here.acquire(['a', 'b'])
      const waiting = (async () => {
        const lockThere = await there.acquire(['b', 'c'])
        events.push('there')
        lockThere.release()
      })()
      // What nobody holds is to be had by those who don't wait.
      const lockOther = await there.acquire(['d'])
      lockOther.release()
      events.push('here')
      lock.release()
      await waiting
      expect(events).toStrictEqual(['here', 'there'])
    })

    test('keep nobody waiting for each other for ever, whatever the order of the names', async () => {
      const { here, there } = nodes
      const names = ['a', 'b', 'c', 'd']
      let held = 0
      const hold = async (node: NodeLocks, order: readonly string[]) => {
        const lock = await node.acquire(order)
        held++
        lock.release()
      }
      for (let round = 0; round < 5; round++) {
        await Promise.all([hold(here, names), hold(there, names.toReversed())])
      }
      expect(held).toBe(10)
    })

    test('hold many names, of many callers at once', async () => {
      const { here, there } = nodes
      const names = Array.from({ length: 100 }, (_, index) => `many ${index}`)
      const locks = await Promise.all(
        names.map((name, index) => (index % 2 === 0 ? here : there).acquire([name])),
      )
      for (const lock of locks) lock.release()
      const lockAll = await here.acquire(names)
      lockAll.release()
      expect(locks).toHaveLength(100)
    })

    test('say whether they are held to this moment, many in a row', async () => {
      const { here } = nodes
      const lock = await here.acquire(['e'])
      expect(await Promise.all([lock.isHeld(), lock.isHeld()])).toStrictEqual([true, true])
      lock.release()
    })
  })
}
