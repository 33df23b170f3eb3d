import { durationMs, SenioError } from '@senio/protocol'
import { expect, test } from 'vitest'
import { Admission } from './admission.ts'

function admission() {
  const at = { now: 0, calls: 0, bytes: 0, oldest: 0 }
  const subject = new Admission({
    elapsed: () => at.now,
    writeLoad: () => ({ calls: at.calls, bytes: at.bytes, oldest: durationMs(at.oldest) }),
    lateness: durationMs(100),
    patience: durationMs(100),
    crowd: 10,
  })
  subject.tick()
  const admitted = (count: number) =>
    Array.from({ length: count }, () => {
      try {
        subject.admit()
        return true
      } catch (error) {
        expect(error).toMatchObject({ code: 'overloaded', retryAfter: 1 })
        if (!(error instanceof SenioError)) throw error
        return false
      }
    }).filter(Boolean).length
  return { at, subject, admitted }
}

test('everybody is let in while the event loop comes round in time, however many they are', () => {
  const { admitted } = admission()
  expect(admitted(1000)).toBe(1000)
})

test('a pause sends nobody away who isn’t in a crowd', () => {
  const { at, subject, admitted } = admission()
  at.now = 5000
  expect(admitted(10)).toBe(10)
  subject.tick()
  at.oldest = 5000
  at.calls = 10
  expect(admitted(10)).toBe(10)
})

test('a crowd is sent away from the moment that the event loop is late until it has come round', () => {
  const { at, subject, admitted } = admission()
  at.now = 50
  expect(admitted(20)).toBe(20)
  at.now = 130
  expect(admitted(20)).toBe(0)
  subject.tick()
  expect(admitted(20)).toBe(20)
})

test('a crowd is sent away while the oldest measurement waits for long', () => {
  const { at, admitted } = admission()
  at.calls = 11
  at.oldest = 101
  expect(admitted(5)).toBe(0)
  at.oldest = 20
  expect(admitted(5)).toBe(5)
})

test('a few that bring much are a crowd as well', () => {
  const { at, admitted } = admission()
  at.calls = 3
  at.oldest = 101
  at.bytes = 1024 * 1024
  expect(admitted(5)).toBe(5)
  at.bytes = 16 * 1024 * 1024
  expect(admitted(5)).toBe(0)
})

test('background work rests long before anybody is sent away', () => {
  const { at, subject } = admission()
  expect(subject.isBusy).toBe(false)
  at.now = 90
  expect(subject.isBusy).toBe(true)
  subject.tick()
  at.calls = 2
  expect(subject.isBusy).toBe(true)
})
