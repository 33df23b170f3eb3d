import { expect, test } from 'vitest'
import { createPlayer } from './player.ts'

/** A player on a clock of its own. */
function recorder({ isReady = () => true }: { readonly isReady?: (index: number) => boolean } = {}) {
  let time = 0
  let next: (() => void) | null = null
  const moves: (readonly [t: number, index: number])[] = []
  const rests: number[] = []
  const player = createPlayer({
    now: () => time,
    onFrame(run) {
      next = run
      return () => {
        next = null
      }
    },
    isReady,
    onMove: (t, index) => moves.push([t, index]),
    onRest: (t) => rests.push(t),
  })
  player.setTimes([100, 200, 400, 500])
  player.rate.set(10)
  player.loops.set(false)
  return {
    player,
    moves,
    rests,
    pass: (ms: number): void => {
      time += ms
      const run = next
      next = null
      run?.()
    },
  }
}

test('moves between the instants of the frames, however uneven they are', () => {
  const { player, moves, pass } = recorder()
  player.play(null)
  pass(50)
  pass(100)
  expect(moves).toEqual([
    [100, 0],
    [150, 0],
    [300, 1],
  ])
})

test('leaves out frames when the screen is late', () => {
  const { player, moves, pass } = recorder()
  player.play(null)
  pass(250)
  expect(moves.at(-1)).toEqual([450, 2])
})

test('rests at the last frame, or begins anew', () => {
  const once = recorder()
  once.player.play(null)
  once.pass(350)
  expect(once.rests).toEqual([500])
  expect(once.player.state.get()).toBe('paused')
  const ever = recorder()
  ever.player.loops.set(true)
  ever.player.play(null)
  ever.pass(450)
  expect(ever.moves.at(-1)).toEqual([150, 0])
})

test('begins at the cursor, and from the start when that is the end', () => {
  const { player, moves } = recorder()
  player.play(390)
  expect(moves.at(-1)).toEqual([200, 1])
  player.play(500)
  expect(moves.at(-1)).toEqual([100, 0])
})

test('waits for pictures at the start, but not for ever', () => {
  const { player, moves, pass } = recorder({ isReady: () => false })
  player.play(null)
  pass(1000)
  expect(moves.at(-1)).toEqual([100, 0])
  pass(1001)
  pass(100)
  expect(moves.at(-1)).toEqual([200, 1])
})

test('pausing comes to rest at a frame; pausing again changes nothing', () => {
  const { player, rests, pass } = recorder()
  player.play(null)
  pass(150)
  player.pause()
  player.pause()
  expect(rests).toEqual([200])
})

test('steps from frame to frame, and from between them', () => {
  const { player } = recorder()
  expect([player.neighbour(200, 1), player.neighbour(200, -1)]).toEqual([400, 100])
  expect([player.neighbour(300, 1), player.neighbour(300, -1)]).toEqual([400, 200])
  expect([player.neighbour(500, 1), player.neighbour(100, -1), player.neighbour(50, -1)]).toEqual([
    null,
    null,
    null,
  ])
})

test('without frames it stays at rest', () => {
  const { player, moves } = recorder()
  player.setTimes([])
  player.play(null)
  expect(player.state.get()).toBe('paused')
  expect(moves).toEqual([])
})
