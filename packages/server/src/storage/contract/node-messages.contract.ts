import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_MESSAGE_BYTES, type NodeMessages } from '../node-messages.ts'

/** Two nodes of an installation. */
export interface NodeMessagesUnderTest {
  readonly here: NodeMessages
  readonly there: NodeMessages
  /** Breaks every connection there is; new ones can be made. */
  interrupt(): Promise<void>
  dispose(): Promise<void>
}

/** What `NodeMessages` promises. */
export function nodeMessagesContract(open: () => Promise<NodeMessagesUnderTest>): void {
  describe('messages between nodes', () => {
    let nodes: NodeMessagesUnderTest
    beforeEach(async () => {
      nodes = await open()
    })
    afterEach(() => nodes.dispose())

    /** What a node hears from now on. */
    const ear = async (node: NodeMessages) => {
      const heard: string[] = []
      let missed = 0
      const end = node.listen({ onMessage: (message) => heard.push(message), onMissed: () => void missed++ })
      await node.ready()
      return { heard, missed: () => missed, end }
    }

    test('reach all others in the order in which they were sent, and not their sender', async () => {
      const [here, there] = [await ear(nodes.here), await ear(nodes.there)]
      const sent = Array.from({ length: 500 }, (_, n) => `{"n":${n},"text":"äöü \\n ${'x'.repeat(n % 90)}"}`)
      for (const message of sent) nodes.here.send(message)
      await expect.poll(() => there.heard.length).toBe(sent.length)
      expect(there.heard).toStrictEqual(sent)
      nodes.there.send('answer')
      await expect.poll(() => here.heard).toStrictEqual(['answer'])
      expect(there.missed() + here.missed()).toBe(0)
    })

    test('may be as long as is said', async () => {
      const there = await ear(nodes.there)
      const longest = 'ä'.repeat(MAX_MESSAGE_BYTES / 2)
      nodes.here.send(longest)
      nodes.here.send(longest)
      nodes.here.send('short')
      await expect.poll(() => there.heard).toStrictEqual([longest, longest, 'short'])
    })

    test('are not heard any more by those who have ended', async () => {
      const [first, second] = [await ear(nodes.there), await ear(nodes.there)]
      first.end()
      nodes.here.send('hello')
      await expect.poll(() => second.heard).toStrictEqual(['hello'])
      expect(first.heard).toStrictEqual([])
    })

    test('go on after an interruption, and both sides know that some may be missing', async () => {
      const [here, there] = [await ear(nodes.here), await ear(nodes.there)]
      nodes.here.send('before')
      await expect.poll(() => there.heard).toStrictEqual(['before'])
      await nodes.interrupt()
      await expect.poll(() => Math.min(here.missed(), there.missed())).toBeGreaterThan(0)
      nodes.here.send('after')
      await expect.poll(() => there.heard.at(-1)).toBe('after')
    })

    test('that are too many to be sent are given up, and others know', async () => {
      const there = await ear(nodes.there)
      for (let n = 0; n < 1000; n++) nodes.here.send(`${n} `.padEnd(MAX_MESSAGE_BYTES, 'x'))
      await expect.poll(there.missed).toBeGreaterThan(0)
      nodes.here.send('after')
      await expect.poll(() => there.heard.at(-1)).toBe('after')
    })
  })
}
