import { durationMs, SenioError } from '@senio/protocol'
import { expect, test } from 'vitest'
import { Admission } from './admission.ts'
import type { Work } from './work-limit.ts'

const MIB = 1024 * 1024

function admission() {
  const at = { now: 0 }
  const subject = new Admission({
    elapsed: () => at.now,
    lateness: durationMs(100),
    target: durationMs(100),
    crowd: 10,
  })
  subject.tick()
  const letIn = (count: number, act: () => void = () => subject.admit()) =>
    Array.from({ length: count }, () => {
      try {
        act()
        return true
      } catch (error) {
        expect(error).toMatchObject({ code: 'overloaded', retryAfter: 1 })
        if (!(error instanceof SenioError)) throw error
        return false
      }
    }).filter(Boolean).length
  return { at, subject, letIn }
}

test('everybody is let in while the event loop comes round in time, however many they are', () => {
  const { letIn } = admission()
  expect(letIn(1000)).toBe(1000)
})

test('a pause sends nobody away who isn’t in a crowd', () => {
  const { at, subject, letIn } = admission()
  at.now = 5000
  expect(letIn(10)).toBe(10)
  subject.tick()
  for (let n = 0; n < 10; n++) subject.begin(100)
  at.now = 10_000
  subject.tick()
  expect(letIn(10)).toBe(10)
})

test('a crowd is sent away from the moment that the event loop is late until it has come round', () => {
  const { at, subject, letIn } = admission()
  at.now = 50
  expect(letIn(20)).toBe(20)
  at.now = 130
  expect(letIn(20)).toBe(0)
  subject.tick()
  expect(letIn(20)).toBe(20)
})

test('those are a crowd who are there at a time, not who came one after another', async () => {
  const { at, subject, letIn } = admission()
  at.now = 130
  for (let turn = 0; turn < 5; turn++) {
    expect(letIn(10)).toBe(10)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const works = Array.from({ length: 7 }, () => subject.begin(100))
  expect(letIn(20)).toBe(3)
  for (const work of works) subject.end(work)
  expect(letIn(20)).toBe(7)
})

test('nobody is counted twice for what begins at once', () => {
  const { at, subject, letIn } = admission()
  at.now = 130
  const come = () => {
    subject.admit()
    subject.beginPicture()
  }
  expect(letIn(20, come)).toBe(10)
})

test('who comes while as much is in progress as there may be is sent away, and so is who was let in just before', () => {
  const { subject, letIn } = admission()
  const work = subject.begin(MIB)
  expect(letIn(5)).toBe(0)
  expect(letIn(5, () => void subject.begin(100))).toBe(0)
  subject.end(work)
  expect(letIn(5)).toBe(5)
  expect(letIn(5, () => void subject.begin(100))).toBe(5)
})

test('pictures are work from the first byte on, but while their senders are waited for', () => {
  const { subject, letIn } = admission()
  const works: Work[] = []
  expect(letIn(1000, () => void works.push(subject.beginPicture()))).toBe(works.length)
  expect(works.length).toBeGreaterThanOrEqual(200)
  expect(works.length).toBeLessThan(300)
  expect(letIn(5)).toBe(0)
  for (const work of works) subject.wait(work)
  expect(letIn(5)).toBe(5)
  for (const work of works) subject.goOn(work)
  expect(letIn(5)).toBe(0)
  for (const work of works) subject.end(work)
  expect(letIn(5)).toBe(5)
})

test('background work rests long before anybody is sent away', () => {
  const { at, subject } = admission()
  expect(subject.isBusy).toBe(false)
  at.now = 90
  expect(subject.isBusy).toBe(true)
  subject.tick()
  expect(subject.isBusy).toBe(false)
  const [first, second] = [subject.begin(10), subject.begin(10)]
  expect(subject.isBusy).toBe(true)
  subject.end(first)
  subject.end(second)
  expect(subject.isBusy).toBe(false)
})

test('who can’t be answered in time any more is sent away where there is much to do, or was a moment ago', () => {
  const { at, subject, letIn } = admission()
  const late = [() => subject.admit(251), () => subject.begin(100, 251), () => subject.beginPicture(251)]
  for (const come of late) expect(letIn(1, come)).toBe(1)
  const works = Array.from({ length: 11 }, () => subject.begin(100))
  for (const work of works) subject.end(work)
  for (const come of late) expect(letIn(1, come)).toBe(0)
  expect(letIn(1, () => subject.admit(250))).toBe(1)
  at.now = 1001
  subject.tick()
  for (const come of late) expect(letIn(1, come)).toBe(1)
})

test('who is read late because the event loop is late has waited as well', () => {
  const { at, subject, letIn } = admission()
  const works = Array.from({ length: 11 }, () => subject.begin(100))
  for (const work of works) subject.end(work)
  at.now = 270
  expect(letIn(1)).toBe(1)
  at.now = 271
  expect(letIn(1)).toBe(0)
  subject.tick()
  expect(letIn(1)).toBe(1)
})
